using System.Collections.Concurrent;
using System.Diagnostics;
using C10k.Contract;
using C10k.Linux;

namespace C10k.LoadGen.Clients;

/// <summary>
/// One thread of the load generator with its share of the clients: its own epoll instance, buffers, histogram and counts. Nothing is
/// shared with other threads while load runs; orders come through a queue, results leave as whole tallies.
/// </summary>
internal sealed partial class Worker : IDisposable
{
    private const int EventsPerWait = 512;
    private const int MailboxKey = -1;

    private readonly LoadOptions _options;
    private readonly int _firstClient;
    private readonly Client[] _clients;
    private readonly Thread _thread;
    private readonly EpollEvents _events = new(EventsPerWait);
    private readonly int _epoll = Syscall.CreateEpoll();
    private readonly int _mailbox = Syscall.CreateEventCounter();
    private readonly ConcurrentQueue<Action> _orders = new();
    private ErrorCounts _errors;
    private LoadErrors _earlierErrors = new();
    private bool _stopped;

    /// <param name="firstClient">The number of this worker's first client among all; messages are told apart by it.</param>
    /// <param name="clients">How many clients are this worker's.</param>
    public Worker(LoadOptions options, int firstClient, int clients)
    {
        _options = options;
        _firstClient = firstClient;
        _clients = new Client[clients];
        _pattern = new MessagePattern();
        _slowAfter = options.ConnectTimeout < LongestFast ? options.ConnectTimeout : LongestFast;
        Syscall.ControlEpoll(_epoll, Epoll.EPOLL_CTL_ADD, _mailbox, Epoll.EPOLLIN, MailboxKey);
        _thread = new Thread(Run) { IsBackground = true, Name = $"load-{firstClient}" };
        _thread.Start();
    }

    /// <summary>What failed since the beginning; may be read once the thread has ended.</summary>
    public LoadErrors AllErrors => _earlierErrors + _errors.ToErrors();

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

    private void Post(Action order)
    {
        _orders.Enqueue(order);
        Syscall.Signal(_mailbox);
    }

    private void Run()
    {
        while (!_stopped)
        {
            var count = Syscall.WaitEpoll(_epoll, _events, UntilNextDue());
            for (var i = 0; i < count; i++)
                Dispatch(_events.Data(i), _events.Mask(i));
            GiveUpOverdueConnects();
            RollIfDue(Stopwatch.GetTimestamp());
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
        if (client.State is ClientState.Idle or ClientState.Asking)
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

    private TimeSpan? UntilNextDue()
    {
        var due = Math.Min(_nextBorder, _nextConnectCheck);
        if (due == long.MaxValue)
            return null;
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // What failed since this was last called.
    private LoadErrors TakeErrors()
    {
        var errors = _errors.ToErrors();
        _earlierErrors += errors;
        _errors = default;
        return errors;
    }

    private static void Lose(ref Client client)
    {
        client.State = ClientState.Gone;
        Syscall.Close(client.Descriptor);
    }

    // With a reset instead of an orderly end, so that the next case does not start with ten thousand ports in TIME_WAIT.
    private void CloseAll()
    {
        foreach (ref var client in _clients.AsSpan())
        {
            if (client.State is ClientState.Waiting or ClientState.Gone)
                continue;
            Syscall.SetResetOnClose(client.Descriptor);
            Lose(ref client);
        }
    }
}
