using System.Buffers;
using C10k.Conversations;
using C10k.Linux;

namespace C10k.Servers.Serving;

/// <summary>What a connection waits for, and so what a readiness call should watch it for.</summary>
internal enum Interest
{
    Read,
    Write,
    Closed,
}

/// <summary>
/// A non-blocking connection. Whoever waits for it calls <see cref="Proceed"/> when the descriptor is ready; how one waits is the
/// model's affair. Between two calls it owns no buffer, unless the client is slow to take its reply.
/// </summary>
internal sealed class Connection(int descriptor, IConversation conversation)
{
    private readonly Exchange _exchange = new(conversation);
    private byte[]? _unsent;
    private int _sent;
    private int _unsentEnd;
    private bool _closeWhenSent;

    public int Descriptor { get; } = descriptor;

    public Interest Interest { get; private set; } = Interest.Read;

    /// <summary>Does one step without waiting: sends what is unsent, else receives once and answers. Returns what to wait for next.</summary>
    public Interest Proceed(LoopBuffers buffers) =>
        Interest = Interest == Interest.Write ? SendRest() : ReceiveOnce(buffers);

    /// <summary>Closes the descriptor.</summary>
    public void Close()
    {
        Interest = Interest.Closed;
        ReleaseUnsent();
        Syscall.Close(Descriptor);
    }

    private Interest ReceiveOnce(LoopBuffers buffers)
    {
        var transfer = Syscall.ReceiveNow(Descriptor, buffers.Received);
        if (!transfer.Moved)
            return transfer.WouldBlock ? Interest.Read : Interest.Closed;
        buffers.Reply.ResetWrittenCount();
        _closeWhenSent = _exchange.Feed(buffers.Received.AsSpan(0, transfer.Result), buffers.Reply) == Step.Close;
        return Send(buffers.Reply.WrittenSpan);
    }

    private Interest Send(ReadOnlySpan<byte> reply)
    {
        if (!reply.IsEmpty)
        {
            var transfer = Syscall.SendNow(Descriptor, reply);
            if (transfer.Failed)
                return Interest.Closed;
            var sent = Math.Max(transfer.Result, 0);
            if (sent < reply.Length)
                return KeepRest(reply[sent..]);
        }
        return AfterReply();
    }

    // Nothing is received from a client that does not take its replies: that is the back-pressure.
    private Interest KeepRest(ReadOnlySpan<byte> rest)
    {
        _unsent = ArrayPool<byte>.Shared.Rent(rest.Length);
        rest.CopyTo(_unsent);
        _sent = 0;
        _unsentEnd = rest.Length;
        return Interest.Write;
    }

    private Interest SendRest()
    {
        var transfer = Syscall.SendNow(Descriptor, _unsent.AsSpan(_sent, _unsentEnd - _sent));
        if (transfer.Failed)
            return Interest.Closed;
        _sent += Math.Max(transfer.Result, 0);
        if (_sent < _unsentEnd)
            return Interest.Write;
        ReleaseUnsent();
        return AfterReply();
    }

    private Interest AfterReply() => _closeWhenSent ? Interest.Closed : Interest.Read;

    private void ReleaseUnsent()
    {
        if (_unsent is null)
            return;
        ArrayPool<byte>.Shared.Return(_unsent);
        _unsent = null;
    }
}
