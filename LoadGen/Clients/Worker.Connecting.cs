using System.Diagnostics;
using C10k.Contract;
using C10k.Latency;
using C10k.Linux;

namespace C10k.LoadGen.Clients;

/// <summary>Connecting: non-blocking, a bounded number at a time, each with its own time limit.</summary>
internal sealed partial class Worker
{
    private const int MaxInFlight = 256;
    private const uint Watched = Epoll.EPOLLIN | Epoll.EPOLLOUT | Epoll.EPOLLRDHUP | Epoll.EPOLLET;

    // A connect that takes this long has lost its SYN and waits for the kernel to send another; the next ones need not wait with it.
    private static readonly TimeSpan LongestFast = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(20);

    private readonly LatencyHistogram _connectLatency = new();
    private readonly Queue<int> _inFlight = new();
    private readonly Queue<int> _slow = new();
    private readonly TimeSpan _slowAfter;
    private int _nextToConnect;
    private int _fastInFlight;
    private int _unresolved;
    private long _nextConnectCheck = long.MaxValue;
    private bool _connecting;
    private bool _givenUp;
    private TaskCompletionSource<ConnectOutcome>? _connected;

    /// <summary>Connects all clients; done when each is connected or has failed.</summary>
    public Task<ConnectOutcome> Connect()
    {
        _connected = new TaskCompletionSource<ConnectOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            _connecting = true;
            _unresolved = _clients.Length;
            _nextConnectCheck = Stopwatch.GetTimestamp();
            ConnectMore();
        });
        return _connected.Task;
    }

    /// <summary>Gives up the connects that are not established yet. They did not fail, so they are no errors.</summary>
    public void StopConnecting() =>
        Post(() =>
        {
            _givenUp = true;
            if (_connecting)
                ConnectMore();
        });

    private void ConnectMore()
    {
        if (_givenUp)
            GiveUp();
        while (_fastInFlight < MaxInFlight && _nextToConnect < _clients.Length)
            BeginConnect(_nextToConnect++);
        if (_unresolved > 0)
            return;
        _connecting = false;
        _nextConnectCheck = long.MaxValue;
        _connected!.SetResult(new ConnectOutcome(_connectLatency, TakeErrors()));
    }

    private void GiveUp()
    {
        _nextToConnect = _clients.Length;
        _unresolved = 0;
        foreach (ref var client in _clients.AsSpan())
        {
            if (client.State is ClientState.Connecting or ClientState.ConnectingSlowly)
                Lose(ref client);
        }
    }

    private void BeginConnect(int index)
    {
        ref var client = ref _clients[index];
        try
        {
            client.Descriptor = Syscall.OpenTcpSocket(nonBlocking: true);
        }
        catch (SystemCallException noDescriptor)
        {
            client.State = ClientState.Gone;
            CountFailure(noDescriptor.Errno);
            return;
        }
        client.State = ClientState.Connecting;
        client.Since = Stopwatch.GetTimestamp();
        var errno = Syscall.Connect(client.Descriptor, _options.Target);
        if (errno is not (Errno.None or Errno.EINPROGRESS))
        {
            Lose(ref client);
            CountFailure(errno);
            return;
        }
        Syscall.ControlEpoll(_epoll, Epoll.EPOLL_CTL_ADD, client.Descriptor, Watched, index);
        _inFlight.Enqueue(index);
        _fastInFlight++;
    }

    private void FinishConnect(int index, ref Client client, uint mask)
    {
        var slow = client.State == ClientState.ConnectingSlowly;
        if (Syscall.PendingError(client.Descriptor) is var errno && errno == Errno.None)
        {
            client.State = ClientState.Idle;
            _connectLatency.Record((long)Stopwatch.GetElapsedTime(client.Since).TotalNanoseconds);
            Syscall.SetNoDelay(client.Descriptor);
            _unresolved--;
            // The same event may tell of a server that has spoken or left already, and, edge-triggered, it is told once.
            OnReady(index, ref client, mask);
        }
        else
        {
            Lose(ref client);
            CountFailure(errno);
        }
        _fastInFlight -= slow ? 0 : 1;
        ConnectMore();
    }

    private void CountFailure(Errno errno)
    {
        _errors.Count(errno);
        _unresolved--;
    }

    // Both queues are in the order of their beginning, so that only their heads have to be looked at.
    private void GiveUpOverdueConnects()
    {
        var now = Stopwatch.GetTimestamp();
        if (now < _nextConnectCheck)
            return;
        _nextConnectCheck = now + ToTicks(CheckEvery);
        while (IsOverdue(_inFlight, ClientState.Connecting, now - ToTicks(_slowAfter)))
        {
            _clients[_inFlight.Peek()].State = ClientState.ConnectingSlowly;
            _slow.Enqueue(_inFlight.Dequeue());
            _fastInFlight--;
        }
        while (IsOverdue(_slow, ClientState.ConnectingSlowly, now - ToTicks(_options.ConnectTimeout)))
        {
            Lose(ref _clients[_slow.Dequeue()]);
            CountFailure(Errno.ETIMEDOUT);
        }
        ConnectMore();
    }

    // Drops from the head what is resolved already, and tells whether the one behind began too long ago.
    private bool IsOverdue(Queue<int> queue, ClientState state, long beganBefore)
    {
        while (queue.TryPeek(out var index))
        {
            if (_clients[index].State == state)
                return _clients[index].Since < beganBefore;
            queue.Dequeue();
        }
        return false;
    }

    private static long ToTicks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);
}

/// <summary>How connecting went.</summary>
/// <param name="Latency">Of the connects that succeeded.</param>
/// <param name="Errors">Of those that failed.</param>
internal sealed record ConnectOutcome(LatencyHistogram Latency, LoadErrors Errors);
