using C10k.Hosting;
using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// Many reactors: threads with an event loop each, and the main thread, which accepts and deals the clients out to them in turn, as
/// memcached does. A client stays with its loop, so that no connection is ever shared and the loops need no lock. Dealing out in turn
/// keeps them equally full; threads that all waited for one listener would not share evenly, because whoever is awake takes the queue.
/// </summary>
internal sealed class EpollThreads : IServerModel
{
    private const string ThreadsParameter = "threads";

    public ModelInfo Info { get; } =
        new(
            "epoll-threads",
            "readiness",
            "Threads with an epoll loop each; the main thread accepts and deals the clients out in turn.",
            "memcached, Netty's event loop groups, Envoy's workers",
            "A request that computes holds up the other clients of its thread; the heaviest clients may meet on one."
        )
        {
            Threads = $"1+{ThreadsParameter}",
            UsesCpus = ThreadsParameter,
            Parameters = [Parameter.Number(ThreadsParameter, "cpus", "Threads with an event loop each.", 1, 1024)],
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: true, stop);
        var loops = Enumerable.Range(0, context.Number(ThreadsParameter)).Select(_ => new LoopThread(context)).ToList();
        context.Ready(listener);
        DealOut(listener, loops);
        foreach (var loop in loops)
            loop.Stop();
        foreach (var loop in loops)
            loop.Dispose();
    }

    // Until the listener is stopped, which makes it readable.
    private static void DealOut(Listener listener, List<LoopThread> loops)
    {
        Span<pollfd> queue = [new pollfd { fd = listener.Descriptor, events = Poll.POLLIN }];
        var dealt = 0;
        Accepted accepted;
        do
        {
            Syscall.WaitPoll(queue);
            while ((accepted = listener.Accept()).IsConnection)
                loops[dealt++ % loops.Count].Take(accepted.Descriptor);
        } while (accepted != Accepted.Stopped);
    }

    private sealed class LoopThread : IDisposable
    {
        private readonly ConnectionQueue _newcomers = new();
        private readonly Thread _thread;

        public LoopThread(ServerContext context)
        {
            _thread = new Thread(() => Run(context)) { IsBackground = true };
            _thread.Start();
        }

        public void Take(int connection) => _newcomers.Add(connection);

        public void Stop() => _newcomers.Stop();

        public void Dispose()
        {
            _thread.Join();
            _newcomers.Dispose();
        }

        private void Run(ServerContext context)
        {
            using var poller = new EpollPoller(edgeTriggered: false);
            new ReadinessLoop(poller, _newcomers, context).Run();
        }
    }
}
