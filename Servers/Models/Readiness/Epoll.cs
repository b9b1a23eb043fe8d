using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// epoll(7): the kernel keeps the set of descriptors and hands over those that are ready. What a wait costs depends on how many are
/// active, and no longer on how many are connected. Level-triggered, a descriptor is told again and again while it is ready; each
/// change of interest is a system call. Edge-triggered, it is told once, when it becomes ready; interest never changes, but whoever is
/// told must drain it.
/// </summary>
/// <param name="edgeTriggered">Whether connections are told of once.</param>
/// <param name="sharesListener">Whether other pollers watch the same listener: then a connection wakes one of them and not all.</param>
internal sealed class EpollPoller(bool edgeTriggered, bool sharesListener = false) : IPoller
{
    // One wait fetches at most so many; the others are fetched by the next one.
    private const int EventsPerWait = 512;

    private const uint Edges = Epoll.EPOLLIN | Epoll.EPOLLOUT | Epoll.EPOLLRDHUP | Epoll.EPOLLET;

    private readonly int _epoll = Syscall.CreateEpoll();
    private readonly EpollEvents _events = new(EventsPerWait);
    private readonly Ready[] _ready = new Ready[EventsPerWait];

    public bool IsEdgeTriggered => edgeTriggered;

    public void Watch(int descriptor) =>
        Syscall.ControlEpoll(_epoll, Epoll.EPOLL_CTL_ADD, descriptor, edgeTriggered ? Edges : Epoll.EPOLLIN);

    public void WatchListener(int descriptor) =>
        Syscall.ControlEpoll(
            _epoll,
            Epoll.EPOLL_CTL_ADD,
            descriptor,
            sharesListener ? Epoll.EPOLLIN | Epoll.EPOLLEXCLUSIVE : Epoll.EPOLLIN
        );

    public void Change(int descriptor, Interest now)
    {
        if (!edgeTriggered)
            Syscall.ControlEpoll(_epoll, Epoll.EPOLL_CTL_MOD, descriptor, Mask(now));
    }

    // Closing a descriptor takes it out of the set.
    public void Forget(int descriptor) { }

    public void Unwatch(int descriptor) => Syscall.ControlEpoll(_epoll, Epoll.EPOLL_CTL_DEL, descriptor, mask: 0);

    public ReadOnlySpan<Ready> Wait(TimeSpan? limit)
    {
        var count = Syscall.WaitEpoll(_epoll, _events, limit);
        for (var i = 0; i < count; i++)
            _ready[i] = new Ready(_events.Data(i), (_events.Mask(i) & Epoll.EPOLLRDHUP) != 0);
        return _ready.AsSpan(0, count);
    }

    public void Dispose()
    {
        Syscall.Close(_epoll);
        _events.Dispose();
    }

    // While a timer runs nothing is asked for; that the connection is lost is told all the same.
    private static uint Mask(Interest interest) =>
        interest switch
        {
            Interest.Read => Epoll.EPOLLIN,
            Interest.Write => Epoll.EPOLLOUT,
            _ => 0,
        };
}
