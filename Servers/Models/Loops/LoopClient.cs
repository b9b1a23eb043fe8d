using C10k.Conversations;
using C10k.Hosting;
using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Loops;

/// <summary>
/// A client of an event loop: all that can be done for it without waiting, from receive to send. How to wait in between is what the
/// models of this family differ in; they drive it in the same order: <see cref="Receive"/>; wait for <see cref="Delay"/> where there is
/// one; <see cref="Send"/> until it is done; and, as long as <see cref="Resume"/> says so, the same again with more of the reply.
/// </summary>
internal sealed class LoopClient(int descriptor, IConversation conversation, EventLoop loop, LoopBuffers buffers)
    : IDisposable
{
    // A reply that never ends must not keep the loop from its other clients.
    private const int SendsAtOnce = 16;

    // Between two calls other clients use the loop's buffers, so that what has to outlast a wait is kept here.
    private Unfinished? _unfinished;
    private bool _isKept;
    private byte _sends;

    public int Descriptor { get; } = descriptor;

    /// <summary>False when the client has left, or was lost, or the conversation is over.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>How long the reply has to wait; null when it may go at once.</summary>
    public TimeSpan? Delay => _unfinished?.Step is { Kind: StepKind.Wait } wait ? wait.Delay : null;

    private Unfinished Unfinished => _unfinished ??= new Unfinished(conversation);

    /// <summary>Receives once, and lets the conversation answer; without an answer where there was nothing to receive after all.</summary>
    public void Receive()
    {
        var transfer = Syscall.ReceiveNow(Descriptor, buffers.Received);
        buffers.Reply.ResetWrittenCount();
        _sends = 0;
        if (!transfer.Moved)
            IsOpen = transfer.WouldBlock;
        else if (_unfinished is { Lingers: true })
            IsOpen = _unfinished.Drop(transfer.Result);
        else
            Feed(buffers.Received.AsSpan(0, transfer.Result));
    }

    /// <summary>Keeps the reply for the time after a wait.</summary>
    public void Keep() => KeepFrom(0);

    /// <summary>Sends once. False when not all could be sent: then it is to be called again as soon as the client is writable.</summary>
    public bool Send()
    {
        var unsent = _isKept ? Unfinished.Unsent : buffers.Reply.WrittenSpan;
        var sent = 0;
        if (!unsent.IsEmpty && _sends++ < SendsAtOnce)
        {
            var transfer = Syscall.SendNow(Descriptor, unsent);
            IsOpen = !transfer.Failed;
            sent = transfer.Failed ? unsent.Length : Math.Max(transfer.Result, 0);
        }
        if (sent < unsent.Length)
            KeepFrom(sent);
        else if (_isKept)
            Release();
        return !_isKept;
    }

    /// <summary>Goes on with the conversation when the reply is sent: true when there is more to answer before the next <see cref="Receive"/>.</summary>
    public bool Resume()
    {
        if (!IsOpen || _unfinished is null || _unfinished.Step.Kind == StepKind.Continue)
            return false;
        if (_unfinished.Step.Kind == StepKind.Close)
        {
            Linger(_unfinished);
            return false;
        }
        buffers.Reply.ResetWrittenCount();
        _unfinished.Step = _unfinished.Exchange.Resume(buffers.Reply);
        return true;
    }

    /// <summary>Sends the whole reply, if that is possible without waiting. False when there is something to wait for, or to go on with.</summary>
    public bool TryAnswer() => Delay is null && Send() && !Resume();

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        IsOpen = false;
        Release();
        loop.Forget(Descriptor);
        Syscall.Close(Descriptor);
    }

    // Nearly always a request comes whole, and there is nothing to remember.
    private void Feed(ReadOnlySpan<byte> received)
    {
        if (_unfinished is not null)
        {
            _unfinished.Step = _unfinished.Exchange.Feed(received, buffers.Reply);
            return;
        }
        var outcome = Exchange.Converse(conversation, received, buffers.Reply);
        if (outcome.Step.Kind != StepKind.Continue || outcome.Consumed < received.Length)
            Unfinished.Step = Unfinished.Exchange.Follow(outcome, received);
    }

    // From now on whatever comes is dropped, up to the client's end; see LingeringClose. Whoever does not end in time finds his end.
    private void Linger(Unfinished unfinished)
    {
        Syscall.EndSending(Descriptor);
        unfinished.Step = Step.Continue;
        unfinished.BeginToLinger();
        loop.After(LingeringClose.Limit, End);
    }

    private void End()
    {
        if (IsOpen)
            Syscall.ShutDown(Descriptor);
    }

    private void KeepFrom(int sent)
    {
        _sends = 0;
        if (_isKept)
            Unfinished.Sent(sent);
        else
            Unfinished.Keep(buffers.Reply.WrittenSpan[sent..]);
        _isKept = true;
    }

    private void Release()
    {
        _unfinished?.Release();
        _isKept = false;
    }
}
