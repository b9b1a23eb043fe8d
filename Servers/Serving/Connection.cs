using C10k.Conversations;
using C10k.Hosting;
using C10k.Linux;

namespace C10k.Servers.Serving;

/// <summary>What a connection waits for, and so what a readiness call should watch it for.</summary>
internal enum Interest : byte
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
/// model's affair. Between two calls it owns no buffer, unless something is half done; and as long as every request came whole and every
/// reply went out at once, it is this one small object: of ten thousand connections none is in the CPU's nearest cache when its turn
/// comes, and each piece of memory that has to be fetched costs about as much as all the code here.
/// </summary>
internal sealed class Connection(int descriptor, IConversation conversation)
{
    // A reply that never ends must not keep the loop from its other connections.
    private const int SendsAtOnce = 16;

    private Unfinished? _unfinished;
    private bool _canGoOn;
    private bool _endIsNear;

    public int Descriptor { get; } = descriptor;

    public Interest Interest { get; private set; } = Interest.Read;

    /// <summary>How long to wait when <see cref="Interest"/> is <see cref="Interest.Timer"/>.</summary>
    public TimeSpan Delay => _unfinished?.Step.Delay ?? TimeSpan.Zero;

    /// <summary>
    /// True when the kernel has not said yet that there is nothing more to do now. Who is told of readiness only once has to call
    /// <see cref="Proceed"/> until this is false.
    /// </summary>
    public bool CanGoOn => _canGoOn || (_endIsNear && Interest == Interest.Read);

    /// <summary>The server has said its last word, and only waits for the client's end, see <see cref="LingeringClose"/>.</summary>
    public bool Lingers => _unfinished is { Lingers: true } && Interest == Interest.Read;

    // Made when there is something to remember for the first time, and kept: it will happen again.
    private Unfinished Unfinished => _unfinished ??= new Unfinished(conversation);

    /// <summary>The peer has closed its side: the end of its stream is to be read, and will not be told of again.</summary>
    public void ExpectEnd() => _endIsNear = true;

    /// <summary>True once, when it has begun to linger: it is to be closed after <see cref="LingeringClose.Limit"/>.</summary>
    public bool BeginsToLinger() => Lingers && _unfinished!.NeedsDeadline();

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
        _unfinished?.Release();
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
        if (_unfinished is { Lingers: true })
            return _unfinished.Drop(transfer.Result) ? Interest.Read : Interest.Closed;
        buffers.Reply.ResetWrittenCount();
        return FollowStep(Feed(buffers.Received.AsSpan(0, transfer.Result), buffers), buffers);
    }

    private Step Feed(ReadOnlySpan<byte> received, LoopBuffers buffers)
    {
        if (_unfinished is not null)
            return _unfinished.Exchange.Feed(received, buffers.Reply);
        var outcome = Exchange.Converse(conversation, received, buffers.Reply);
        return outcome.Step.Kind == StepKind.Continue && outcome.Consumed == received.Length
            ? Step.Continue
            : Unfinished.Exchange.Follow(outcome, received);
    }

    // Does what the conversation said last, until it has to wait for something.
    private Interest FollowStep(Step step, LoopBuffers buffers)
    {
        for (var sends = 0; ; sends++)
        {
            var reply = buffers.Reply.WrittenSpan;
            if (step.Kind == StepKind.Wait)
                return Keep(step, reply, Interest.Timer);
            if (sends == SendsAtOnce)
            {
                _canGoOn = true;
                return Keep(step, reply, Interest.Write);
            }
            if (!reply.IsEmpty)
            {
                var transfer = Syscall.SendNow(Descriptor, reply);
                if (transfer.Failed)
                    return Interest.Closed;
                var sent = Math.Max(transfer.Result, 0);
                if (sent < reply.Length)
                    return KeepBlocked(step, reply[sent..]);
            }
            if (step.Kind != StepKind.More)
                return AfterReply(step);
            buffers.Reply.ResetWrittenCount();
            step = Unfinished.Exchange.Resume(buffers.Reply);
        }
    }

    private Interest AfterReply(Step step)
    {
        if (step.Kind == StepKind.Close)
        {
            Syscall.EndSending(Descriptor);
            Unfinished.BeginToLinger();
        }
        return Interest.Read;
    }

    // Nothing is received from a client that does not take its replies: that is the back-pressure.
    private Interest Keep(Step step, ReadOnlySpan<byte> rest, Interest interest)
    {
        Unfinished.Step = step;
        Unfinished.Keep(rest);
        return interest;
    }

    private Interest KeepBlocked(Step step, ReadOnlySpan<byte> rest)
    {
        _canGoOn = false;
        return Keep(step, rest, Interest.Write);
    }

    private Interest SendRest(LoopBuffers buffers)
    {
        var unsent = Unfinished.Unsent;
        if (!unsent.IsEmpty)
        {
            var transfer = Syscall.SendNow(Descriptor, unsent);
            if (transfer.Failed)
                return Interest.Closed;
            var sent = Math.Max(transfer.Result, 0);
            Unfinished.Sent(sent);
            _canGoOn = false;
            if (sent < unsent.Length)
                return Interest.Write;
        }
        Unfinished.Release();
        // What came while nothing was received has not been looked at.
        _canGoOn = true;
        var step = Unfinished.Step;
        if (step.Kind is StepKind.Continue or StepKind.Close)
            return AfterReply(step);
        buffers.Reply.ResetWrittenCount();
        return FollowStep(Unfinished.Exchange.Resume(buffers.Reply), buffers);
    }
}
