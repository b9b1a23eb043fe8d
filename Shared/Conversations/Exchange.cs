using System.Buffers;

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

    /// <summary>Feeds what was received, and writes the answers to <paramref name="reply"/>.</summary>
    public Step Feed(ReadOnlySpan<byte> received, ArrayBufferWriter<byte> reply)
    {
        if (_end > 0)
        {
            Hold(received);
            return ConverseHeld(reply);
        }
        var step = Converse(received, reply, out var consumed);
        if (consumed < received.Length && step.Kind != StepKind.Close)
            Hold(received[consumed..]);
        return step;
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
        var step = Converse(_held.AsSpan(_start, _end - _start), reply, out var consumed);
        _start += consumed;
        if (_start == _end || step.Kind == StepKind.Close)
            Release();
        return step;
    }

    private Step Converse(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> reply, out int consumed)
    {
        consumed = 0;
        while (consumed < bytes.Length)
        {
            var step = conversation.OnReceived(bytes[consumed..], reply, out var used);
            consumed += used;
            if (step.Kind != StepKind.Continue)
            {
                _tellWhenSent = step.Kind != StepKind.Close;
                return step;
            }
            if (used == 0)
                break;
            if (reply.WrittenCount >= ReplyLimit && consumed < bytes.Length)
                return Step.More;
        }
        return Step.Continue;
    }

    // The room in front is used again only when the end is reached, so that bytes that come one by one are not moved one by one.
    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_end + bytes.Length > _held.Length)
            MakeRoom(_end - _start + bytes.Length);
        bytes.CopyTo(_held.AsSpan(_end));
        _end += bytes.Length;
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
