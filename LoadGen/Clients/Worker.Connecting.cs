using System.Diagnostics;
using C10k.Contract;
using C10k.Latency;
using C10k.Linux;

namespace C10k.LoadGen.Clients;

/// <summary>Connecting: non-blocking, a bounded number at a time, each with its own time limit.</summary>
internal sealed partial class Worker
{
    private const int MaxInFlight = 256;
    private const int SlowReadersBufferBytes = 4096;
    private const uint Watched = Epoll.EPOLLIN | Epoll.EPOLLOUT | Epoll.EPOLLRDHUP | Epoll.EPOLLET;

    // A connect that takes this long has lost its SYN and waits for the kernel to send another; the next ones need not wait with it.
    private static readonly TimeSpan LongestFast = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    private readonly LatencyHistogram _connectLatency = new();
    private readonly Queue<int> _toConnect = new();
    private readonly Queue<Attempt> _inFlight = new();
    private readonly Queue<Attempt> _slow = new();
    private readonly Timers _retries = new();
    private readonly TimeSpan _slowAfter;
    private SourceAddresses? _sources;
    private ConnectRamp _ramp = ConnectRamp.None;
    private long _connects;
    private int _fastInFlight;
    private int _unresolved;
    private long _nextConnectCheck = long.MaxValue;
    private bool _connecting;
    private bool _givenUp;
    private bool _closing;
    private TaskCompletionSource<ConnectOutcome>? _connected;

    /// <summary>Connects all clients; done when each is connected or has failed.</summary>
    /// <param name="sources">The addresses to connect from.</param>
    /// <param name="rate">How many connects this worker may begin in a second; 0 for as many as it takes.</param>
    public Task<ConnectOutcome> Connect(SourceAddresses? sources = null, double rate = 0)
    {
        _connected = new TaskCompletionSource<ConnectOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            _sources = sources;
            _ramp = rate > 0 ? new ConnectRamp(Stopwatch.GetTimestamp(), rate) : ConnectRamp.None;
            _connecting = true;
            _unresolved = _clients.Length;
            for (var index = 0; index < _clients.Length; index++)
                _toConnect.Enqueue(index);
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
        if (_connecting && _givenUp)
            GiveUp();
        var now = Stopwatch.GetTimestamp();
        while (
            (_fastInFlight < MaxInFlight || _options.ConnectAtOnce)
            && _toConnect.Count > 0
            && (!_connecting || _ramp.Allows(_connects, now))
        )
            BeginConnect(_toConnect.Dequeue());
        ScheduleCheck(now);
        if (!_connecting || _unresolved > 0)
            return;
        _connecting = false;
        _connected!.SetResult(new ConnectOutcome(_connectLatency, TakeErrors(), new Dictionary<Errno, long>(_errnos)));
    }

    private void ScheduleCheck(long now)
    {
        var idle = _inFlight.Count == 0 && _slow.Count == 0;
        _nextConnectCheck = idle ? long.MaxValue : Math.Min(_nextConnectCheck, now + ToTicks(CheckEvery));
        if (_connecting && _toConnect.Count > 0)
            _nextConnectCheck = Math.Min(_nextConnectCheck, _ramp.Next(_connects, now));
    }

    private void GiveUp()
    {
        _toConnect.Clear();
        _unresolved = 0;
        for (var index = 0; index < _clients.Length; index++)
        {
            ref var client = ref _clients[index];
            if (client.State is ClientState.Connecting or ClientState.ConnectingSlowly)
                Syscall.Close(client.Descriptor);
            if (client.State != ClientState.Connected)
                client.State = ClientState.Gone;
        }
    }

    private void BeginConnect(int index)
    {
        ref var client = ref _clients[index];
        var number = _connects++;
        try
        {
            client.Descriptor = Syscall.OpenTcpSocket(nonBlocking: true);
        }
        catch (SystemCallException noDescriptor)
        {
            client.Descriptor = -1;
            FailConnect(index, ref client, noDescriptor.Errno);
            return;
        }
        client.State = ClientState.Connecting;
        client.Since = Stopwatch.GetTimestamp();
        var errno = Prepare(client.Descriptor, number, client.Has(ClientMarks.Slow));
        if (errno == Errno.None)
            errno = Syscall.Connect(client.Descriptor, _options.Target);
        if (errno is not (Errno.None or Errno.EINPROGRESS))
        {
            FailConnect(index, ref client, errno);
            return;
        }
        Syscall.ControlEpoll(_epoll, Epoll.EPOLL_CTL_ADD, client.Descriptor, Watched, index);
        _inFlight.Enqueue(new Attempt(index, client.Since));
        _fastInFlight++;
    }

    private Errno Prepare(int descriptor, long number, bool isSlow)
    {
        // Small, so that a slow reader is felt by the server soon, and not only when the kernel is full; and early, because the window
        // is agreed upon while connecting.
        if (isSlow)
            Syscall.SetOption(descriptor, Socket.SOL_SOCKET, Socket.SO_RCVBUF, SlowReadersBufferBytes);
        // Each thread begins at another address.
        return _sources?.Of(_firstClient + number) is { } source ? Syscall.BindAddress(descriptor, source) : Errno.None;
    }

    private void FinishConnect(int index, ref Client client, uint mask)
    {
        _fastInFlight -= client.State == ClientState.ConnectingSlowly ? 0 : 1;
        if (Syscall.PendingError(client.Descriptor) is var errno && errno == Errno.None)
            BeginLife(index, ref client, mask);
        else
            FailConnect(index, ref client, errno);
        ConnectMore();
    }

    private void BeginLife(int index, ref Client client, uint mask)
    {
        var now = Stopwatch.GetTimestamp();
        client.State = ClientState.Connected;
        client.Born = client.Asked;
        Syscall.SetNoDelay(client.Descriptor);
        var took = (long)((now - client.Since) * NanosecondsPerTick);
        if (_connecting)
        {
            _connectLatency.Record(took);
            _unresolved--;
        }
        else
        {
            RollIfDue(now);
            _tally.Distributions.Connect.Record(took);
        }
        // The same event may tell of a server that has spoken or left already, and, edge-triggered, it is told once.
        OnReady(index, ref client, mask);
        if (client.State == ClientState.Connected)
            GoOn(index, ref client, now);
    }

    private void FailConnect(int index, ref Client client, Errno errno)
    {
        Count(errno);
        if (_connecting)
            _unresolved--;
        Lose(index, ref client);
    }

    // Both queues are in the order of their beginning, so that only their heads have to be looked at.
    private void GiveUpOverdueConnects(long now)
    {
        if (now < _nextConnectCheck)
            return;
        _nextConnectCheck = long.MaxValue;
        while (IsOverdue(_inFlight, ClientState.Connecting, now - ToTicks(_slowAfter)))
        {
            var attempt = _inFlight.Dequeue();
            _clients[attempt.Client].State = ClientState.ConnectingSlowly;
            _slow.Enqueue(attempt);
            _fastInFlight--;
        }
        while (IsOverdue(_slow, ClientState.ConnectingSlowly, now - ToTicks(_options.ConnectTimeout)))
        {
            var index = _slow.Dequeue().Client;
            FailConnect(index, ref _clients[index], Errno.ETIMEDOUT);
        }
        ConnectMore();
    }

    // Drops from the head what is resolved already, and tells whether the one behind began too long ago.
    private bool IsOverdue(Queue<Attempt> queue, ClientState state, long beganBefore)
    {
        while (queue.TryPeek(out var attempt))
        {
            ref var client = ref _clients[attempt.Client];
            if (client.State == state && client.Since == attempt.Since)
                return attempt.Since < beganBefore;
            queue.Dequeue();
        }
        return false;
    }

    private static long ToTicks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    private readonly record struct Attempt(int Client, long Since);
}

/// <summary>How connecting went.</summary>
/// <param name="Latency">Of the connects that succeeded.</param>
/// <param name="Errors">Of those that failed.</param>
/// <param name="Errnos">The same by errno.</param>
internal sealed record ConnectOutcome(
    LatencyHistogram Latency,
    LoadErrors Errors,
    IReadOnlyDictionary<Errno, long> Errnos
);
