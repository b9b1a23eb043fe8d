using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using C10k.Contract;
using C10k.Linux;
using C10k.LoadGen.Arrivals;
using C10k.LoadGen.Sides;

namespace C10k.LoadGen.Clients;

/// <summary>
/// One thread of the load generator with its share of the clients: its own epoll instance, buffers, histogram and counts. Nothing is
/// shared with other threads while load runs; orders come through a queue, results leave as whole tallies.
/// </summary>
internal sealed partial class Worker : IDisposable
{
    private const int EventsPerWait = 512;

    // Where requests have their moments, a long list of events must not hold the next one up.
    private const int EventsPerTimedWait = 32;
    private const int MailboxKey = -1;

    private readonly LoadOptions _options;
    private readonly int _firstClient;
    private readonly Client[] _clients;
    private readonly Thread _thread;
    private readonly EpollEvents _events;
    private readonly int _epoll = Syscall.CreateEpoll();
    private readonly int _mailbox = Syscall.CreateEventCounter();
    private readonly ConcurrentQueue<Action> _orders = new();
    private readonly Dictionary<Errno, long> _errnos = [];
    private ErrorCounts _errors;
    private LoadErrors _earlierErrors = new();
    private long _lostRequests;
    private long _earlierLostRequests;
    private bool _stopped;

    /// <param name="firstClient">The number of this worker's first client among all; messages are told apart by it.</param>
    /// <param name="clients">How many clients are this worker's.</param>
    /// <param name="once">The command that one of a load's threads is to give once; they share it. Null for a worker without others.</param>
    public Worker(LoadOptions options, int firstClient, int clients, CommandOnce? once = null)
    {
        _options = options;
        _firstClient = firstClient;
        _clients = new Client[clients];
        _side = ClientSides.Create(options, once ?? new CommandOnce());
        _gaps = new Gaps(options.Pace, options.ActiveClients, seed: firstClient + 1);
        _isTimed = options.Pace.Kind != PaceKind.AtOnce;
        _stamps = NeedsStamps(options) ? new Stamp[(long)clients * options.Pipeline] : null;
        _plans = options.Pace.Kind == PaceKind.Scheduled ? new long[clients] : null;
        _mayRead = options.ReadRate > 0 ? new long[clients] : null;
        _tally = new Tally(_plans is not null);
        _events = new EpollEvents(_isTimed ? EventsPerTimedWait : EventsPerWait);
        _slowAfter = options.ConnectTimeout < LongestFast ? options.ConnectTimeout : LongestFast;
        for (var index = 0; index < clients; index++)
            _clients[index].Marks = MarksOf(firstClient + index);
        Syscall.ControlEpoll(_epoll, Epoll.EPOLL_CTL_ADD, _mailbox, Epoll.EPOLLIN, MailboxKey);
        _thread = new Thread(Run) { IsBackground = true, Name = $"load-{firstClient}" };
        _thread.Start();
    }

    /// <summary>What failed since the beginning; may be read once the thread has ended.</summary>
    public LoadErrors AllErrors => _earlierErrors + _errors.ToErrors();

    /// <summary>The same by errno, where there is one; may be read once the thread has ended, or is done connecting.</summary>
    public IReadOnlyDictionary<Errno, long> Errnos => _errnos;

    /// <summary>Closes every connection and ends the thread.</summary>
    public void Dispose()
    {
        Post(() =>
        {
            CloseAll();
            _stopped = true;
        });
        _thread.Join();
        Syscall.Close(_mailbox);
        Syscall.Close(_epoll);
        _events.Dispose();
    }

    private ClientMarks MarksOf(int client) =>
        (_options.IsActive(client) ? ClientMarks.Active : ClientMarks.None)
        | (_options.ReadsSlowly(client) ? ClientMarks.Slow : ClientMarks.None)
        | (_options.Commands(client) ? ClientMarks.Commander : ClientMarks.None);

    private void Post(Action order)
    {
        _orders.Enqueue(order);
        Syscall.Signal(_mailbox);
    }

    private void Run()
    {
        Syscall.WakeOnTime();
        while (!_stopped)
        {
            var count = Wait();
            for (var i = 0; i < count; i++)
                Dispatch(_events.Data(i), _events.Mask(i));
            var now = Stopwatch.GetTimestamp();
            RunTimers(now);
            LetOthersGoOn();
            GiveUpOverdueConnects(now);
            RollIfDue(now);
            SettleIfDue(now);
            LookAtGreetingIfDue(now);
        }
    }

    private void Dispatch(int key, uint mask)
    {
        if (key == MailboxKey)
        {
            TakeOrders();
            return;
        }
        ref var client = ref _clients[key];
        if (client.State == ClientState.Connected)
            OnReady(key, ref client, mask);
        else if (client.State is ClientState.Connecting or ClientState.ConnectingSlowly)
            FinishConnect(key, ref client, mask);
    }

    private void TakeOrders()
    {
        Syscall.Reset(_mailbox);
        while (_orders.TryDequeue(out var order))
            order();
    }

    // What failed since this was last called.
    private LoadErrors TakeErrors()
    {
        var errors = _errors.ToErrors();
        _earlierErrors += errors;
        _errors = default;
        return errors;
    }

    // Those of the connections that ended since this was last called.
    private long TakeLostRequests()
    {
        var lost = _lostRequests - _earlierLostRequests;
        _earlierLostRequests = _lostRequests;
        return lost;
    }

    private void Count(Errno errno)
    {
        _errors.Count(errno);
        CollectionsMarshal.GetValueRefOrAddDefault(_errnos, errno, out _)++;
    }

    // A client that takes new connections anyway tries again, but not at once: who refuses one would only be asked the more often.
    private void Lose(int index, ref Client client)
    {
        Abandon(index, ref client);
        if (_options.RequestsPerConnection == 0 || _closing)
        {
            client.State = ClientState.Gone;
            return;
        }
        client.State = ClientState.Waiting;
        _retries.Set(index, Stopwatch.GetTimestamp() + ToTicks(RetryAfter));
    }

    // What is under way on a connection that ends before its time is not answered any more.
    private void Abandon(int index, ref Client client)
    {
        _lostRequests += client.UnderWay;
        Disconnect(index, ref client);
    }

    private void Disconnect(int index, ref Client client)
    {
        Syscall.Close(client.Descriptor);
        _side.Forget(_firstClient + index);
        client.Answered = client.Asked;
        client.SendLength = client.Sent = client.ReplyLength = client.Received = 0;
        client.Marks &= ~ClientMarks.EndAnnounced;
    }

    // With a reset instead of an orderly end, so that the next case does not start with ten thousand ports in TIME_WAIT.
    private void CloseAll()
    {
        _closing = true;
        for (var index = 0; index < _clients.Length; index++)
        {
            ref var client = ref _clients[index];
            if (client.State is not (ClientState.Waiting or ClientState.Gone))
            {
                Syscall.SetResetOnClose(client.Descriptor);
                Disconnect(index, ref client);
            }
            client.State = ClientState.Gone;
        }
    }
}
