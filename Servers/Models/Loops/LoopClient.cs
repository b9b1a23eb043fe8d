using System.Buffers;
using C10k.Conversations;
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

    private readonly Exchange _exchange = new(conversation);
    private Step _step;
    private int _sends;
    private int _leftToDrop;

    // Between two calls other clients use the loop's buffers, so that what has to outlast a wait is kept here.
    private byte[]? _kept;
    private int _keptFrom;
    private int _keptTo;

    public int Descriptor { get; } = descriptor;

    /// <summary>False when the client has left, or was lost, or the conversation is over.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>How long the reply has to wait; null when it may go at once.</summary>
    public TimeSpan? Delay => _step.Kind == StepKind.Wait ? _step.Delay : null;

    private ReadOnlySpan<byte> Unsent =>
        _kept is null ? buffers.Reply.WrittenSpan : _kept.AsSpan(_keptFrom, _keptTo - _keptFrom);

    /// <summary>Receives once, and lets the conversation answer; without an answer where there was nothing to receive after all.</summary>
    public void Receive()
    {
        var transfer = Syscall.ReceiveNow(Descriptor, buffers.Received);
        buffers.Reply.ResetWrittenCount();
        _sends = 0;
        if (!transfer.Moved)
            (_step, IsOpen) = (Step.Continue, transfer.WouldBlock);
        else if (_leftToDrop > 0)
            IsOpen = (_leftToDrop -= transfer.Result) > 0;
        else
            _step = _exchange.Feed(buffers.Received.AsSpan(0, transfer.Result), buffers.Reply);
    }

    /// <summary>Keeps the reply for the time after a wait.</summary>
    public void Keep() => KeepFrom(0);

    /// <summary>Sends once. False when not all could be sent: then it is to be called again as soon as the client is writable.</summary>
    public bool Send()
    {
        var unsent = Unsent;
        var sent = 0;
        if (!unsent.IsEmpty && _sends++ < SendsAtOnce)
        {
            var transfer = Syscall.SendNow(Descriptor, unsent);
            IsOpen = !transfer.Failed;
            sent = transfer.Failed ? unsent.Length : Math.Max(transfer.Result, 0);
        }
        if (sent < unsent.Length)
            KeepFrom(sent);
        else
            Release();
        return _kept is null;
    }

    /// <summary>Goes on with the conversation when the reply is sent: true when there is more to answer before the next <see cref="Receive"/>.</summary>
    public bool Resume()
    {
        if (IsOpen && _step.Kind == StepKind.Close)
            Linger();
        if (!IsOpen || _step.Kind == StepKind.Continue)
            return false;
        buffers.Reply.ResetWrittenCount();
        _step = _exchange.Resume(buffers.Reply);
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

    // From now on whatever comes is dropped, up to the client's end; see LingeringClose. Whoever does not end in time finds his end.
    private void Linger()
    {
        Syscall.EndSending(Descriptor);
        _step = Step.Continue;
        _leftToDrop = LingeringClose.MaxBytes;
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
        if (_kept is null)
        {
            var rest = Unsent[sent..];
            _kept = ArrayPool<byte>.Shared.Rent(rest.Length);
            rest.CopyTo(_kept);
            (_keptFrom, _keptTo) = (0, rest.Length);
        }
        else
        {
            _keptFrom += sent;
        }
    }

    private void Release()
    {
        if (_kept is not null)
            ArrayPool<byte>.Shared.Return(_kept);
        _kept = null;
    }
}
