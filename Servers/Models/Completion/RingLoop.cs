using System.Buffers;
using C10k.Hosting;
using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Completion;

/// <summary>
/// The proactor: one thread that hands the kernel what is to be done, waits until something is done, and goes on from there. Where a
/// reactor is told that it could receive now, this one is told what was received.
/// </summary>
internal sealed class RingLoop(Ring ring, ReceiveBuffers received, Listener listener, ServerContext context)
{
    // After an error that only others can mend, by closing something.
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(10);

    private readonly SendBuffers _replies = new();
    private readonly ArrayBufferWriter<byte> _reply = new(64 * 1024);

    // By descriptor: the kernel hands out the lowest free one, so that the array stays dense.
    private RingConnection?[] _connections = new RingConnection?[1024];
    private bool _stopped;

    /// <summary>Serves until the listener is stopped, then closes what is left.</summary>
    public void Run()
    {
        ring.Accept(listener.Descriptor);
        while (!_stopped)
        {
            ring.SubmitAndWait();
            while (ring.TryTake(out var done))
                Handle(done);
        }
        foreach (var connection in _connections)
            connection?.Close();
    }

    private void Handle(io_uring_cqe done)
    {
        var (operation, descriptor) = Ring.Untag(done.user_data);
        switch (operation)
        {
            case Operation.Receive:
                OnReceived(_connections[descriptor]!, done);
                break;
            case Operation.Send:
                _connections[descriptor]!.OnSent(done.res);
                break;
            case Operation.Watch:
                _connections[descriptor]!.OnWatched(Ring.IsLost(done.res));
                break;
            case Operation.Wait:
                _connections[descriptor]!.OnWaited();
                break;
            case Operation.Linger:
                _connections[descriptor]!.OnLingered();
                break;
            case Operation.Accept:
                OnAccepted(done);
                return;
            case Operation.Pause:
                ring.Accept(listener.Descriptor);
                return;
            default:
                return; // What was cancelled completes itself.
        }
        CloseIfDone(descriptor);
    }

    private void OnReceived(RingConnection connection, io_uring_cqe done)
    {
        var more = (done.flags & IoUring.IORING_CQE_F_MORE) != 0;
        var buffer = (int)(done.flags >> IoUring.IORING_CQE_BUFFER_SHIFT);
        connection.OnReceived(done.res, done.res > 0 ? received.Received(buffer, done.res) : [], more);
        if ((done.flags & IoUring.IORING_CQE_F_BUFFER) != 0)
            received.GiveBack(buffer);
    }

    private void CloseIfDone(int descriptor)
    {
        if (_connections[descriptor] is not { IsDone: true } connection)
            return;
        _connections[descriptor] = null;
        connection.Close();
    }

    private void OnAccepted(io_uring_cqe done)
    {
        if (done.res >= 0)
            Admit(done.res);
        AcceptNext((Errno)Math.Max(-done.res, 0));
    }

    private void Admit(int descriptor)
    {
        if (!listener.HasRoomFor(descriptor))
        {
            Syscall.Close(descriptor);
            return;
        }
        Syscall.SetNoDelay(descriptor);
        DescriptorTable.MakeRoom(ref _connections, descriptor);
        var connection = new RingConnection(descriptor, context.NewConversation(), ring, _replies, _reply);
        _connections[descriptor] = connection;
        connection.Begin();
    }

    private void AcceptNext(Errno errno)
    {
        switch (errno)
        {
            case Errno.EINVAL or Errno.EBADF:
                _stopped = true;
                break;
            case Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.ENOBUFS:
                ring.Wait(Operation.Pause, listener.Descriptor, AcceptPause);
                break;
            default:
                ring.Accept(listener.Descriptor); // Even after an error: that connection was lost while it stood in the queue, see accept(2).
                break;
        }
    }
}
