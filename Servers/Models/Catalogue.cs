using C10k.Hosting;
using C10k.Servers.Models.Async;
using C10k.Servers.Models.Blocking;
using C10k.Servers.Models.Completion;
using C10k.Servers.Models.Readiness;
using C10k.Servers.Models.Threads;

namespace C10k.Servers.Models;

/// <summary>Every model of this executable, in the order in which they are shown. A new one is a file beside the others and a line here.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyList<IServerModel> Models =
    [
        new BlockingModel(),
        new ThreadPerConnection(),
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
            "On Linux it takes libkqueue, which translates each change and each event for epoll.",
            KqueueLibrary.WhyUnavailable
        ),
        new IoUringModel(),
        new AsyncModel(),
    ];
}
