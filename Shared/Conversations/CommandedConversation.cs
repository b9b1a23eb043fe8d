using System.Buffers;
using System.Text;
using C10k.Linux;

namespace C10k.Conversations;

/// <summary>
/// A conversation whose messages may carry <see cref="Commands"/>, for experiments with handlers that hog the CPU or crash. Looks for
/// one at the beginning of what is received; conversations of lines and echoes hand it on like the rest of the message.
/// </summary>
/// <param name="iterationsPerMs">How much computing takes a millisecond, see <see cref="CpuWork"/>.</param>
public sealed class CommandedConversation(IConversation inner, long iterationsPerMs) : IConversation
{
    /// <inheritdoc/>
    public bool TookRequest => inner.TookRequest;

    /// <inheritdoc/>
    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        consumed = 0;
        var common = received.CommonPrefixLength(Commands.Prefix);
        if (common < Math.Min(received.Length, Commands.Prefix.Length))
            return inner.OnReceived(received, reply, out consumed);
        var end = received.IndexOf(Commands.End);
        // The rest of a command may still be under way.
        if (end < 0 && received.Length < Commands.MaxBytes)
            return Step.Continue;
        if (end > 0 && end < Commands.MaxBytes)
            Obey(Encoding.ASCII.GetString(received[Commands.Prefix.Length..end]));
        return inner.OnReceived(received, reply, out consumed);
    }

    /// <inheritdoc/>
    public Step OnSent(IBufferWriter<byte> reply) => inner.OnSent(reply);

    private void Obey(string order)
    {
        // As a segmentation fault would: no handler of exceptions, no orderly end, and whatever else lives in the process dies with it.
        if (order == Commands.Die)
            Syscall.Kill(Environment.ProcessId);
        if (Commands.TryParseCpu(order, out var cpu))
            CpuWork.Do((long)(cpu.TotalMilliseconds * iterationsPerMs));
    }
}
