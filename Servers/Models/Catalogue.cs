using C10k.Hosting;
using C10k.Servers.Models.Completion;
using C10k.Servers.Models.Iterative;
using C10k.Servers.Models.Libraries;
using C10k.Servers.Models.Loops;
using C10k.Servers.Models.Processes;
using C10k.Servers.Models.Readiness;
using C10k.Servers.Models.Runtime;
using C10k.Servers.Models.Threads;

namespace C10k.Servers.Models;

/// <summary>Every model of this executable, in the order in which they are shown. A new one is a file beside the others and a line here.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyList<IServerModel> Models =
    [
        BlockingModel.UntilClientLeaves,
        BlockingModel.OneShot,
        new BusyPoll(),
        new ReadinessModel(
            "select",
            "One thread; every call copies a set of bits, one for each descriptor, in and out (select).",
            "the first event-driven servers, portable tools",
            () => new SelectPoller()
        ),
        new ReadinessModel(
            "poll",
            "One thread; every call hands the kernel the array of all descriptors (poll).",
            "portable event-driven servers, the fallback of most event libraries",
            () => new PollPoller()
        ),
        new ReadinessModel(
            "epoll-level",
            "One thread; the kernel tells which descriptors are ready for as long as they are (epoll, level-triggered).",
            "Redis, HAProxy, most event-driven servers",
            () => new EpollPoller(edgeTriggered: false)
        ),
        new ReadinessModel(
            "epoll-edge",
            "One thread; the kernel tells once when a descriptor becomes ready (epoll, edge-triggered).",
            "NGINX, many event libraries",
            () => new EpollPoller(edgeTriggered: true)
        ),
        new ReadinessModel(
            "kqueue",
            "One thread; the kernel keeps the set, and changes of interest travel with the call that waits (kqueue).",
            "servers on macOS and the BSDs",
            () => new KqueuePoller(),
            "Runs on Linux alone, as all models do, over libkqueue, which translates each change and each event for epoll; what the calls cost a BSD kernel it does not tell.",
            KqueueLibrary.WhyUnavailable
        ),
        new IoUringModel(),
        new LibeventModel(),
        ThreadPerConnection.Free,
        ThreadPerConnection.GlobalLock,
        new ThreadPoolModel(),
        new EpollThreads(),
        new ProcessPerConnection(),
        new Prefork(),
        new Hybrid(),
        new EpollWorkers(),
        new LoopModel(
            "loop-callbacks",
            "One thread, an event loop; a callback for each descriptor and direction, state kept by hand.",
            "Node.js before promises, Redis, libuv, Twisted",
            CallbackServer.Serve
        ),
        new LoopModel(
            "loop-generators",
            "One thread, an event loop; a generator for each client, which yields what it waits for.",
            "Tornado and asyncio before async/await, curio's kernel, David Beazley's talks",
            GeneratorServer.Serve
        ),
        new LoopModel(
            "loop-async",
            "One thread, an event loop; an async method for each client, with the loop's own awaitables.",
            "Python's asyncio, JavaScript, Rust's single-threaded executors",
            AsyncLoopServer.Serve
        ),
        new AsyncModel(),
        new SaeaModel(),
        new PipelinesModel(),
        new KestrelModel(),
    ];
}
