using System.Buffers;
using C10k.Conversations;
using C10k.Linux;

namespace C10k.Servers.Serving;

/// <summary>What a connection waits for, and so what a readiness call should watch it for.</summary>
internal enum Interest
{
    Read,
    Write,

    /// <summary>For a time: nothing is read meanwhile.</summary>
    Timer,

    /// <summary>For nothing more: it is to be closed.</summary>
    Closed,
}

/// <summary>
/// A non-blocking connection. Whoever waits for it calls <see cref="Proceed"/> when the descriptor is ready; how one waits is the
/// model's affair. Between two calls it owns no buffer, unless a reply waits for its time or for a client that is slow to take it.
/// </summary>
internal sealed class Connection(int descriptor, IConversation conversation)
{
    // A reply that never ends must not keep the loop from its other connections.
    private const int SendsAtOnce = 16;

    private readonly Exchange _exchange = new(conversation);
    private Step _step;
    private byte[]? _unsent;
    private int _sent;
    private int _unsentEnd;
    private bool _canGoOn;
    private bool _endIsNear;
    private int _leftToDrop;
    private bool _hasDeadline;

    public int Descriptor { get; } = descriptor;

    public Interest Interest { get; private set; } = Interest.Read;

    /// <summary>How long to wait when <see cref="Interest"/> is <see cref="Interest.Timer"/>.</summary>
    public TimeSpan Delay => _step.Delay;

    /// <summary>
    /// True when the kernel has not said yet that there is nothing more to do now. Who is told of readiness only once has to call
    /// <see cref="Proceed"/> until this is false.
    /// </summary>
    public bool CanGoOn => _canGoOn || (_endIsNear && Interest == Interest.Read);

    /// <summary>The server has said its last word, and only waits for the client's end, see <see cref="LingeringClose"/>.</summary>
    public bool Lingers => _leftToDrop > 0 && Interest == Interest.Read;

    /// <summary>The peer has closed its side: the end of its stream is to be read, and will not be told of again.</summary>
    public void ExpectEnd() => _endIsNear = true;

    /// <summary>True once, when it has begun to linger: it is to be closed after <see cref="LingeringClose.Limit"/>.</summary>
    public bool BeginsToLinger() => Lingers && !_hasDeadline && (_hasDeadline = true);

    /// <summary>Goes as far as it can without waiting: sends what is unsent, or receives once and answers. Returns what to wait for next.</summary>
    public Interest Proceed(LoopBuffers buffers) =>
        Interest = Interest switch
        {
            Interest.Read => ReceiveOnce(buffers),
            Interest.Write => SendRest(buffers),
            var other => other,
        };

    /// <summary>Goes on when the time of <see cref="Delay"/> is over.</summary>
    public Interest EndWait(LoopBuffers buffers) => Interest = SendRest(buffers);

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
        // A receive that got less than it could have taken has emptied the queue, see epoll(7).
        _canGoOn = transfer.Result == buffers.Received.Length;
        if (!transfer.Moved)
        {
            _endIsNear = false;
            return transfer.WouldBlock ? Interest.Read : Interest.Closed;
        }
        if (_leftToDrop > 0)
            return (_leftToDrop -= transfer.Result) > 0 ? Interest.Read : Interest.Closed;
        buffers.Reply.ResetWrittenCount();
        _step = _exchange.Feed(buffers.Received.AsSpan(0, transfer.Result), buffers.Reply);
        return FollowStep(buffers);
    }

    // Does what the conversation said last, until it has to wait for something.
    private Interest FollowStep(LoopBuffers buffers)
    {
        for (var sends = 0; ; sends++)
        {
            var reply = buffers.Reply.WrittenSpan;
            if (_step.Kind == StepKind.Wait)
                return Keep(reply, Interest.Timer);
            if (sends == SendsAtOnce)
            {
                _canGoOn = true;
                return Keep(reply, Interest.Write);
            }
            if (!reply.IsEmpty)
            {
                var transfer = Syscall.SendNow(Descriptor, reply);
                if (transfer.Failed)
                    return Interest.Closed;
                var sent = Math.Max(transfer.Result, 0);
                if (sent < reply.Length)
                    return KeepBlocked(reply[sent..]);
            }
            if (_step.Kind != StepKind.More)
                return AfterReply();
            buffers.Reply.ResetWrittenCount();
            _step = _exchange.Resume(buffers.Reply);
        }
    }

    private Interest AfterReply()
    {
        if (_step.Kind == StepKind.Close)
        {
            Syscall.EndSending(Descriptor);
            _leftToDrop = LingeringClose.MaxBytes;
        }
        return Interest.Read;
    }

    // Nothing is received from a client that does not take its replies: that is the back-pressure.
    private Interest Keep(ReadOnlySpan<byte> rest, Interest interest)
    {
        _unsent = ArrayPool<byte>.Shared.Rent(rest.Length);
        rest.CopyTo(_unsent);
        _sent = 0;
        _unsentEnd = rest.Length;
        return interest;
    }

    private Interest KeepBlocked(ReadOnlySpan<byte> rest)
    {
        _canGoOn = false;
        return Keep(rest, Interest.Write);
    }

    private Interest SendRest(LoopBuffers buffers)
    {
        if (_sent < _unsentEnd)
        {
            var transfer = Syscall.SendNow(Descriptor, _unsent.AsSpan(_sent, _unsentEnd - _sent));
            if (transfer.Failed)
                return Interest.Closed;
            _sent += Math.Max(transfer.Result, 0);
            _canGoOn = false;
            if (_sent < _unsentEnd)
                return Interest.Write;
        }
        ReleaseUnsent();
        // What came while nothing was received has not been looked at.
        _canGoOn = true;
        if (_step.Kind is StepKind.Continue or StepKind.Close)
            return AfterReply();
        buffers.Reply.ResetWrittenCount();
        _step = _exchange.Resume(buffers.Reply);
        return FollowStep(buffers);
    }

    private void ReleaseUnsent()
    {
        if (_unsent is null)
            return;
        ArrayPool<byte>.Shared.Return(_unsent);
        _unsent = null;
        _sent = _unsentEnd = 0;
    }
}
