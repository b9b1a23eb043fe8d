using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// poll(2): the array of all descriptors goes into the kernel with every call, the kernel asks each of them, and then we look through
/// all of them again. A wait costs time in proportion to the clients that are connected, be they active or not.
/// </summary>
internal sealed class PollPoller : IPoller
{
    private pollfd[] _entries = new pollfd[1024];
    private Ready[] _ready = new Ready[1024];
    private int _count;

    // Where each descriptor's entry stands: the entries have to lie without gaps, so that one that is removed is replaced by the last.
    private int[] _indexes = new int[1024];

    public bool IsEdgeTriggered => false;

    public void Watch(int descriptor)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _count);
            Array.Resize(ref _ready, 2 * _count);
        }
        DescriptorTable.MakeRoom(ref _indexes, descriptor);
        _indexes[descriptor] = _count;
        _entries[_count++] = new pollfd { fd = descriptor, events = Poll.POLLIN };
    }

    public void Change(int descriptor, Interest now) =>
        _entries[_indexes[descriptor]].events = now switch
        {
            Interest.Read => Poll.POLLIN,
            Interest.Write => Poll.POLLOUT,
            _ => 0,
        };

    public void Forget(int descriptor)
    {
        var last = _entries[--_count];
        _entries[_indexes[descriptor]] = last;
        _indexes[last.fd] = _indexes[descriptor];
    }

    public ReadOnlySpan<Ready> Wait(TimeSpan? limit)
    {
        var expected = Syscall.WaitPoll(_entries.AsSpan(0, _count), limit);
        var found = 0;
        for (var i = 0; found < expected; i++)
        {
            if (_entries[i].revents != 0)
                _ready[found++] = new Ready(_entries[i].fd);
        }
        return _ready.AsSpan(0, found);
    }

    public void Dispose() { }
}
