using System.Buffers;
using C10k.Conversations;
using C10k.Hosting;
using C10k.Linux;

namespace C10k.Servers.Models.Completion;

/// <summary>
/// One connection, told of what was done for it: bytes were received, a reply was sent, a time is over. The kernel receives for it all
/// the time; what comes while a reply is under way is kept, and when that grows too much, receiving is cancelled until the client has
/// taken its replies. An idle connection owns no buffer.
/// </summary>
internal sealed class RingConnection(
    int descriptor,
    IConversation conversation,
    Ring ring,
    SendBuffers replies,
    ArrayBufferWriter<byte> reply
)
{
    private const int KeepLimit = 64 * 1024;

    private readonly Exchange _exchange = new(conversation);
    private Step _step;
    private byte[]? _unsent;
    private int _unsentBytes;
    private int _keptBytes;
    private bool _receiving;
    private bool _watching;
    private bool _answering;
    private bool _ended;
    private bool _leaving;
    private bool _lingering;
    private int _leftToDrop;

    /// <summary>True when it is to be closed, and nothing of it is under way any more.</summary>
    public bool IsDone => _leaving && !_receiving && !_watching && !_answering && !_lingering;

    /// <summary>Begins to receive.</summary>
    public void Begin()
    {
        Receive();
        _watching = true;
        ring.Watch(descriptor);
    }

    /// <summary>Bytes came, or the end of the stream (0), or an error (minus errno).</summary>
    /// <param name="more">Whether the kernel goes on receiving.</param>
    public void OnReceived(int result, ReadOnlySpan<byte> bytes, bool more)
    {
        _receiving = more;
        if (result == 0)
            _ended = true;
        else if (result < 0 && result is not (-(int)Errno.ENOBUFS or -(int)Errno.ECANCELED))
            Leave();
        else if (result > 0 && !_leaving)
            Take(bytes);
        Settle();
    }

    /// <summary>The watch for the connection's end is over, perhaps because it has come.</summary>
    public void OnWatched(bool isLost)
    {
        _watching = false;
        if (isLost)
            Leave();
    }

    /// <summary>The reply was sent; less than all of it, or minus errno, means that the connection is lost.</summary>
    public void OnSent(int result)
    {
        var isSent = result == _unsentBytes;
        _answering = false;
        ReleaseUnsent();
        reply.ResetWrittenCount();
        if (isSent && !_leaving)
            Follow(_step);
        else
            Leave();
        Settle();
    }

    /// <summary>The time is over that the conversation wanted to wait.</summary>
    public void OnWaited()
    {
        _step = Step.More;
        if (_unsent is null || _leaving)
            OnSent(_unsentBytes);
        else
            ring.Send(descriptor, _unsent, _unsentBytes);
    }

    /// <summary>The client had its time to end its side, or needs no more of it.</summary>
    public void OnLingered()
    {
        _lingering = false;
        Leave();
    }

    /// <summary>Closes the descriptor. The end is told at once, even where the kernel still has operations to give up.</summary>
    public void Close()
    {
        if (!IsDone)
            Syscall.ShutDown(descriptor);
        Syscall.Close(descriptor);
    }

    private void Receive()
    {
        _receiving = true;
        ring.Receive(descriptor);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (_lingering)
            Drop(bytes.Length);
        else if (_answering)
            Keep(bytes);
        else
            Answer(bytes);
    }

    private void Answer(ReadOnlySpan<byte> bytes)
    {
        reply.ResetWrittenCount();
        Follow(_exchange.Feed(bytes, reply));
    }

    // A client that does not take its replies is no longer received from: that is the back-pressure.
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var before = _keptBytes;
        _keptBytes += bytes.Length;
        _exchange.Keep(bytes);
        if (_receiving && before < KeepLimit && _keptBytes >= KeepLimit)
            ring.Cancel(Operation.Receive, descriptor);
    }

    // Does what the conversation says, until there is something that the kernel has to do first.
    private void Follow(Step step)
    {
        _step = step;
        while (!BeginAnswer())
        {
            if (_step.Kind == StepKind.Close)
                Linger();
            if (_step.Kind == StepKind.Close || (_step.Kind == StepKind.Continue && _keptBytes == 0))
                return;
            _keptBytes = 0;
            _step = _exchange.Resume(reply);
        }
    }

    // False when there is nothing to send and nothing to wait for.
    private bool BeginAnswer()
    {
        _answering = _step.Kind == StepKind.Wait || reply.WrittenCount > 0;
        if (reply.WrittenCount > 0)
        {
            _unsent = replies.Fill(reply.WrittenSpan);
            _unsentBytes = reply.WrittenCount;
        }
        if (_step.Kind == StepKind.Wait)
            ring.Wait(Operation.Wait, descriptor, _step.Delay);
        else if (_unsent is not null)
            ring.Send(descriptor, _unsent, _unsentBytes);
        return _answering;
    }

    // What is next when no reply is under way.
    private void Settle()
    {
        if (_answering || _leaving)
            return;
        if (_ended)
            Leave();
        else if (!_receiving)
            Receive();
    }

    // From now on whatever comes is dropped, up to the client's end, see LingeringClose.
    private void Linger()
    {
        _lingering = true;
        _leftToDrop = LingeringClose.MaxBytes;
        Syscall.EndSending(descriptor);
        ring.Wait(Operation.Linger, descriptor, LingeringClose.Limit);
    }

    private void Drop(int bytes)
    {
        _leftToDrop -= bytes;
        if (_leftToDrop <= 0)
            Leave();
    }

    private void Leave()
    {
        if (_leaving)
            return;
        _leaving = true;
        if (_receiving)
            ring.Cancel(Operation.Receive, descriptor);
        if (_watching)
            ring.Cancel(Operation.Watch, descriptor);
        if (_lingering)
            ring.Cancel(Operation.Linger, descriptor);
    }

    private void ReleaseUnsent()
    {
        if (_unsent is not null)
            replies.Return(_unsent);
        _unsent = null;
        _unsentBytes = 0;
    }
}
