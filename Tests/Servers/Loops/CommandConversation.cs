using System.Buffers;
using C10k.Conversations;

namespace C10k.Tests.Servers.Loops;

/// <summary>A conversation in which each byte is a command, so that every kind of step can be asked for.</summary>
internal sealed class CommandConversation : IConversation
{
    public const byte Wait = (byte)'W';
    public const byte Stream = (byte)'S';
    public const byte Close = (byte)'C';
    public const byte Crash = (byte)'X';

    /// <summary>A reply to <see cref="Stream"/> comes in so many parts.</summary>
    public const int Parts = 100;
    public const int PartBytes = 10_000;

    private int _partsLeft;

    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        consumed = 1;
        reply.Write(received[..1]);
        switch (received[0])
        {
            case Wait:
                return Step.Wait(TimeSpan.FromMilliseconds(1));
            case Close:
                return Step.Close;
            case Crash:
                throw new InvalidOperationException("the conversation fails");
            case Stream:
                _partsLeft = Parts;
                return Step.More;
            default:
                return Step.Continue;
        }
    }

    public Step OnSent(IBufferWriter<byte> reply)
    {
        if (_partsLeft == 0)
            return Step.Continue; // It was a wait that is over.
        reply.Write(Part(_partsLeft--));
        return _partsLeft > 0 ? Step.More : Step.Continue;
    }

    /// <summary>What comes back for one command.</summary>
    public static IEnumerable<byte> Reply(byte command) =>
        command == Stream
            ? Enumerable.Range(0, Parts).SelectMany(part => Part(Parts - part)).Prepend(command)
            : [command];

    private static byte[] Part(int number) => Message.Of(PartBytes, number);
}
