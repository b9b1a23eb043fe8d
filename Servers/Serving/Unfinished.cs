using System.Buffers;
using C10k.Conversations;
using C10k.Hosting;

namespace C10k.Servers.Serving;

/// <summary>
/// What has to be remembered of a connection while something is half done: a request that came in part, a reply that waits for its time
/// or for a client that is slow to take it, an end that the client has not noticed. Most connections never need it.
/// </summary>
internal sealed class Unfinished(IConversation conversation)
{
    private byte[]? _unsent;
    private int _from;
    private int _to;
    private int _leftToDrop;
    private bool _hasDeadline;

    public Exchange Exchange { get; } = new(conversation);

    /// <summary>What the conversation said last.</summary>
    public Step Step { get; set; }

    /// <summary>The part of the reply that is not sent yet.</summary>
    public ReadOnlySpan<byte> Unsent => _unsent.AsSpan(_from, _to - _from);

    /// <summary>The server has said its last word, and only waits for the client's end, see <see cref="LingeringClose"/>.</summary>
    public bool Lingers => _leftToDrop > 0;

    /// <summary>Keeps what is not sent; the loop's buffers are needed for other connections.</summary>
    public void Keep(ReadOnlySpan<byte> reply)
    {
        _unsent = ArrayPool<byte>.Shared.Rent(reply.Length);
        reply.CopyTo(_unsent);
        (_from, _to) = (0, reply.Length);
    }

    /// <summary>So much of <see cref="Unsent"/> was sent.</summary>
    public void Sent(int bytes) => _from += bytes;

    /// <summary>Gives the memory back that <see cref="Keep"/> took.</summary>
    public void Release()
    {
        if (_unsent is null)
            return;
        ArrayPool<byte>.Shared.Return(_unsent);
        _unsent = null;
        _from = _to = 0;
    }

    /// <summary>From now on whatever comes is dropped, up to the client's end.</summary>
    public void BeginToLinger() => _leftToDrop = LingeringClose.MaxBytes;

    /// <summary>Drops what came; false when the client has sent more than it may.</summary>
    public bool Drop(int bytes) => (_leftToDrop -= bytes) > 0;

    /// <summary>True once, when it has begun to linger: there has to be an end of that.</summary>
    public bool NeedsDeadline() => Lingers && !_hasDeadline && (_hasDeadline = true);
}
