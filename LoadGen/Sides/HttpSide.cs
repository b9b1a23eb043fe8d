using System.Buffers;
using System.Net;
using System.Text;
using C10k.LoadGen.Clients;

namespace C10k.LoadGen.Sides;

/// <summary>
/// <c>http</c>: GET over connections that stay open. A reply has to be a 200 with a Content-Length and the same content as the first
/// one. One that is like the last to the letter, as nearly all are until the Date changes, is known by a single comparison.
/// </summary>
internal sealed class HttpSide(IPEndPoint server) : ClientSide
{
    private const int MaxHeadBytes = 16 * 1024;
    private const int MaxContentBytes = 1 << 24;

    private readonly byte[] _request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {server}\r\n\r\n");
    private readonly byte[] _last = new byte[MessagePattern.MaxPieceBytes];
    private readonly Dictionary<int, ArrayBufferWriter<byte>> _begunHeads = [];
    private readonly ArrayBufferWriter<byte> _content = new();
    private int _lastLength;
    private int _contentLength = -1;

    public override int RequestLength(MessageId id) => _request.Length;

    public override void Write(MessageId id, int position, Span<byte> piece) =>
        _request.AsSpan(position, piece.Length).CopyTo(piece);

    // Received counts the bytes of the whole reply. ReplyLength is 0 until the head is complete, and then the length of the whole
    // reply, negative where the server announced that it closes.
    public override ReplyState Take(ref Client client, MessageId id, ReadOnlySpan<byte> bytes, out int taken)
    {
        if (client.ReplyLength != 0)
            return TakeContent(ref client, bytes, out taken);
        if (client.Received > 0 || _lastLength == 0 || !bytes.StartsWith(_last.AsSpan(0, _lastLength)))
            return TakeHead(ref client, id, bytes, out taken);
        taken = _lastLength;
        return ReplyState.Complete;
    }

    public override void Forget(int connection) => _begunHeads.Remove(connection);

    private ReplyState TakeHead(ref Client client, MessageId id, ReadOnlySpan<byte> bytes, out int taken)
    {
        var before = client.Received;
        var reply = before == 0 ? bytes : Hold(id.Connection, bytes);
        taken = bytes.Length;
        if (!ResponseHead.TryFindEnd(reply, out var headLength))
        {
            if (before == 0)
                Hold(id.Connection, bytes);
            client.Received += bytes.Length;
            return client.Received > MaxHeadBytes ? ReplyState.Wrong : ReplyState.Begun;
        }
        if (ResponseHead.Parse(reply[..headLength]) is not { } head || !IsExpected(head.ContentLength))
            return ReplyState.Wrong;
        var total = headLength + head.ContentLength;
        var present = Math.Min(reply.Length, total);
        if (!MatchesContent(0, reply[headLength..present]))
            return ReplyState.Wrong;
        if (before == 0 && present == total && !head.Closes)
            Remember(reply[..total]);
        taken = present - before;
        client.Received = present;
        client.ReplyLength = head.Closes ? -total : total;
        Forget(id.Connection);
        return Judge(ref client);
    }

    private ReplyState TakeContent(ref Client client, ReadOnlySpan<byte> bytes, out int taken)
    {
        var total = Math.Abs(client.ReplyLength);
        taken = Math.Min(bytes.Length, total - client.Received);
        if (!MatchesContent(client.Received - (total - _contentLength), bytes[..taken]))
            return ReplyState.Wrong;
        client.Received += taken;
        return Judge(ref client);
    }

    private static ReplyState Judge(ref Client client)
    {
        var length = client.ReplyLength;
        if (client.Received < Math.Abs(length))
            return ReplyState.Begun;
        client.ReplyLength = 0;
        return length < 0 ? ReplyState.CompleteAndLast : ReplyState.Complete;
    }

    private bool IsExpected(int contentLength)
    {
        if (_contentLength < 0 && contentLength <= MaxContentBytes)
            _contentLength = contentLength;
        return contentLength == _contentLength;
    }

    // What nobody has received yet is learned; everything else is compared.
    private bool MatchesContent(int position, ReadOnlySpan<byte> piece)
    {
        var known = _content.WrittenSpan[position..];
        known = known[..Math.Min(known.Length, piece.Length)];
        if (!piece.StartsWith(known))
            return false;
        _content.Write(piece[known.Length..]);
        return true;
    }

    private void Remember(ReadOnlySpan<byte> reply)
    {
        _lastLength = reply.TryCopyTo(_last) ? reply.Length : 0;
    }

    private ReadOnlySpan<byte> Hold(int connection, ReadOnlySpan<byte> bytes)
    {
        if (!_begunHeads.TryGetValue(connection, out var held))
            _begunHeads[connection] = held = new ArrayBufferWriter<byte>();
        held.Write(bytes);
        return held.WrittenSpan;
    }
}
