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

    // What an idle connection may keep for the next time.
    private const int IdleBytes = 256;

    private byte[] _held = [];
    private int _heldLength;
    private bool _streaming;

    /// <summary>Feeds what was received, and writes the answers to <paramref name="reply"/>.</summary>
    public Step Feed(ReadOnlySpan<byte> received, ArrayBufferWriter<byte> reply)
    {
        if (_heldLength == 0)
            return Converse(received, reply);
        Hold(received);
        return ConverseHeld(reply);
    }

    /// <summary>Keeps what was received while a reply is under way; it is looked at by the next <see cref="Resume"/>.</summary>
    public void Keep(ReadOnlySpan<byte> received) => Hold(received);

    /// <summary>Goes on after <see cref="StepKind.More"/> or <see cref="StepKind.Wait"/>, when the reply so far is sent.</summary>
    public Step Resume(ArrayBufferWriter<byte> reply)
    {
        if (_streaming)
        {
            var step = conversation.OnSent(reply);
            if (step.Kind != StepKind.Continue)
                return step;
            _streaming = false;
        }
        return ConverseHeld(reply);
    }

    private Step ConverseHeld(ArrayBufferWriter<byte> reply)
    {
        var all = _held.AsSpan(0, _heldLength);
        _heldLength = 0;
        var step = Converse(all, reply);
        if (_heldLength == 0 && _held.Length > IdleBytes)
            _held = [];
        return step;
    }

    private Step Converse(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> reply)
    {
        while (!bytes.IsEmpty)
        {
            var step = conversation.OnReceived(bytes, reply, out var consumed);
            bytes = bytes[consumed..];
            if (step.Kind != StepKind.Continue)
            {
                _streaming = step.Kind == StepKind.More;
                Hold(bytes);
                return step;
            }
            if (consumed == 0)
                break;
            if (reply.WrittenCount >= ReplyLimit && !bytes.IsEmpty)
            {
                Hold(bytes);
                return Step.More;
            }
        }
        Hold(bytes);
        return Step.Continue;
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        var needed = _heldLength + bytes.Length;
        if (needed > _held.Length)
            Array.Resize(ref _held, Math.Max(needed, 2 * _held.Length));
        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength = needed;
    }
}
