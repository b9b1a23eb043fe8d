using System.Buffers;

namespace C10k.Conversations;

/// <summary>Feeds the bytes of one connection to its conversation, and keeps those that it has not consumed yet.</summary>
public sealed class Exchange(IConversation conversation)
{
    private byte[] _held = [];
    private int _heldLength;

    /// <summary>Feeds what was received; the answers to all of it are written to <paramref name="reply"/>.</summary>
    public Step Feed(ReadOnlySpan<byte> received, IBufferWriter<byte> reply)
    {
        if (_heldLength == 0)
            return Converse(received, reply);
        Hold(received);
        var all = _held.AsSpan(0, _heldLength);
        _heldLength = 0;
        return Converse(all, reply);
    }

    private Step Converse(ReadOnlySpan<byte> bytes, IBufferWriter<byte> reply)
    {
        while (!bytes.IsEmpty)
        {
            var step = conversation.OnReceived(bytes, reply, out var consumed);
            if (step == Step.Close)
                return step;
            bytes = bytes[consumed..];
            if (consumed == 0)
            {
                Hold(bytes);
                break;
            }
        }
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
