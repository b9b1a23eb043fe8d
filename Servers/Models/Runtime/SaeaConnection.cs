using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Runtime;

/// <summary>
/// One client: the operation that is under way for it, the buffer of that operation, and what comes after it. An operation may be
/// complete when the call that began it returns, and then there is no callback; hence the loop in <see cref="ProceedIf"/>, where calling
/// on and on would grow the stack. Everything here that begins something tells whether it is complete.
/// </summary>
internal sealed class SaeaConnection(LiveConnections live, Action<SaeaConnection> onClosed)
    : SocketAsyncEventArgs(unsafeSuppressExecutionContextFlow: true),
        IThreadPoolWorkItem
{
    private const int BufferBytes = 4096;

    // Nothing is under way: a callback will go on, or the connection is closed.
    private const bool Pending = false;

    private readonly byte[] _received = new byte[BufferBytes];
    private ArrayBufferWriter<byte> _reply = new(BufferBytes);
    private Timer? _timer;
    private Socket _client = null!;
    private Exchange _exchange = null!;
    private Step _step;

    /// <summary>Serves a client, on another thread, until it leaves.</summary>
    public void Begin(Socket client, IConversation conversation)
    {
        _client = client;
        _exchange = new Exchange(conversation);
        live.Add((int)client.Handle);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute() => ProceedIf(Receive());

    protected override void OnCompleted(SocketAsyncEventArgs e) => ProceedIf(completed: true);

    private void ProceedIf(bool completed)
    {
        while (completed)
            completed = LastOperation == SocketAsyncOperation.Receive ? AfterReceive() : AfterSend();
    }

    private bool Receive()
    {
        SetBuffer(_received);
        return !_client.ReceiveAsync(this);
    }

    private bool AfterReceive()
    {
        if (SocketError != SocketError.Success || BytesTransferred == 0)
            return Close();
        _reply.ResetWrittenCount();
        _step = _exchange.Feed(_received.AsSpan(0, BytesTransferred), _reply);
        return FollowStep();
    }

    private bool FollowStep()
    {
        if (_step.Kind != StepKind.Wait)
            return SendReply();
        _timer ??= new Timer(_ => ProceedIf(SendReply()));
        _timer.Change(_step.DelayMs, Timeout.Infinite);
        return Pending;
    }

    private bool SendReply() => Send(MemoryMarshal.AsMemory(_reply.WrittenMemory));

    private bool Send(Memory<byte> rest)
    {
        if (rest.IsEmpty)
            return AfterReply();
        SetBuffer(rest);
        return !_client.SendAsync(this);
    }

    private bool AfterSend() => SocketError == SocketError.Success ? Send(MemoryBuffer[BytesTransferred..]) : Close();

    private bool AfterReply()
    {
        if (_step.Kind == StepKind.Continue)
            return Receive();
        if (_step.Kind == StepKind.Close)
        {
            _ = LingerAndClose();
            return Pending;
        }
        _reply.ResetWrittenCount();
        _step = _exchange.Resume(_reply);
        return FollowStep();
    }

    private async Task LingerAndClose()
    {
        await LingeringClose.Linger(_client, _received, CancellationToken.None);
        Close();
    }

    private bool Close()
    {
        live.Remove((int)_client.Handle);
        _client.Dispose();
        if (_reply.Capacity > BufferBytes)
            _reply = new ArrayBufferWriter<byte>(BufferBytes); // One long reply is not kept for ever.
        onClosed(this);
        return Pending;
    }
}
