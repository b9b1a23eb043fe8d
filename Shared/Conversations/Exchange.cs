using System.Buffers;
using System.Runtime.InteropServices;

namespace C10k.Conversations;

/// <summary>
/// Feeds the bytes of one connection to its conversation, and keeps those that it has not consumed yet. Every model drives it in the
/// same way: <see cref="Feed"/> what was received; then, as the step says, wait, send the reply, and either receive again, close, or
/// <see cref="Resume"/>.
/// </summary>
public sealed class Exchange(IConversation conversation)
{
    // Many pipelined requests make many replies: from here on they are sent before the next request is looked at.
    private const int ReplyLimit = 64 * 1024;

    // Rented for as long as something is held: an idle connection owns no buffer.
    private byte[] _held = [];
    private int _start;
    private int _end;
    private bool _tellWhenSent;

    /// <summary>
    /// Lets a conversation answer the requests in what was received. For whoever wants an exchange only when there is something to
    /// remember, which is when the outcome leaves something over; <see cref="Follow"/> takes it from there.
    /// </summary>
    public static Outcome Converse(
        IConversation conversation,
        ReadOnlySpan<byte> received,
        ArrayBufferWriter<byte> reply
    )
    {
        var consumed = 0;
        while (consumed < received.Length)
        {
            var step = conversation.OnReceived(received[consumed..], reply, out var used);
            consumed += used;
            if (step.Kind != StepKind.Continue)
                return new Outcome(step, consumed, step.Kind != StepKind.Close);
            if (used == 0)
                break;
            if (reply.WrittenCount >= ReplyLimit && consumed < received.Length)
                return new Outcome(Step.More, consumed, TellWhenSent: false);
        }
        return new Outcome(Step.Continue, consumed, TellWhenSent: false);
    }

    /// <summary>Feeds what was received, and writes the answers to <paramref name="reply"/>.</summary>
    public Step Feed(ReadOnlySpan<byte> received, ArrayBufferWriter<byte> reply)
    {
        if (_end == 0)
            return Follow(Converse(conversation, received, reply), received);
        Keep(received);
        return ConverseHeld(reply);
    }

    /// <summary>Remembers what <see cref="Converse"/> has left over.</summary>
    public Step Follow(Outcome outcome, ReadOnlySpan<byte> received)
    {
        _tellWhenSent = outcome.TellWhenSent;
        if (outcome.Consumed < received.Length && outcome.Step.Kind != StepKind.Close)
            Keep(received[outcome.Consumed..]);
        return outcome.Step;
    }

    /// <summary>Keeps what was received while a reply is under way; it is looked at by the next <see cref="Resume"/>.</summary>
    // The room in front is used again only when the end is reached, so that bytes that come one by one are not moved one by one.
    public void Keep(ReadOnlySpan<byte> received)
    {
        if (_end + received.Length > _held.Length)
            MakeRoom(_end - _start + received.Length);
        received.CopyTo(_held.AsSpan(_end));
        _end += received.Length;
    }

    /// <summary>Goes on after <see cref="StepKind.More"/> or <see cref="StepKind.Wait"/>, when the reply so far is sent.</summary>
    public Step Resume(ArrayBufferWriter<byte> reply)
    {
        if (_tellWhenSent)
        {
            var step = conversation.OnSent(reply);
            if (step.Kind != StepKind.Continue)
                return step;
            _tellWhenSent = false;
        }
        return _end > 0 ? ConverseHeld(reply) : Step.Continue;
    }

    private Step ConverseHeld(ArrayBufferWriter<byte> reply)
    {
        var outcome = Converse(conversation, _held.AsSpan(_start, _end - _start), reply);
        _tellWhenSent = outcome.TellWhenSent;
        _start += outcome.Consumed;
        if (_start == _end || outcome.Step.Kind == StepKind.Close)
            Release();
        return outcome.Step;
    }

    private void MakeRoom(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * needed);
        var held = _held.AsSpan(_start, _end - _start);
        held.CopyTo(larger);
        (_start, _end) = (0, held.Length);
        ArrayPool<byte>.Shared.Return(_held);
        _held = larger;
    }

    private void Release()
    {
        ArrayPool<byte>.Shared.Return(_held);
        _held = [];
        _start = _end = 0;
    }
}

/// <summary>What a conversation made of what was received.</summary>
/// <param name="Step">What comes next.</param>
/// <param name="Consumed">How many bytes are done with.</param>
/// <param name="TellWhenSent">The conversation itself wants to go on when the reply is sent.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Outcome(Step Step, int Consumed, bool TellWhenSent);
