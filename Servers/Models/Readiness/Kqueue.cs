using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// kqueue(2): as with epoll the kernel keeps the set. Reading and writing are watched for apart, by filters; and a change of interest
/// costs no call of its own: changes are collected, and go into the kernel with the call that waits.
/// </summary>
internal sealed class KqueuePoller : IPoller
{
    private const int EventsPerWait = 512;
    private const int ChangesPerCall = 512;
    private const short Nothing = 0;

    private readonly KqueueLibrary _library = new();
    private readonly KeventList _changes = new(ChangesPerCall);
    private readonly KeventList _events = new(EventsPerWait);
    private readonly Ready[] _ready = new Ready[EventsPerWait];
    private readonly int _kqueue;

    // The filter that each descriptor is watched with.
    private short[] _filters = new short[1024];

    public KqueuePoller() => _kqueue = _library.Create();

    public bool IsEdgeTriggered => false;

    public void Watch(int descriptor)
    {
        DescriptorTable.MakeRoom(ref _filters, descriptor);
        Watch(descriptor, KeventList.EVFILT_READ);
    }

    public void Change(int descriptor, Interest now) =>
        Watch(
            descriptor,
            now switch
            {
                Interest.Read => KeventList.EVFILT_READ,
                Interest.Write => KeventList.EVFILT_WRITE,
                _ => Nothing,
            }
        );

    // A BSD kernel notices by itself that a descriptor is closed; libkqueue has to be told, and before.
    public void Forget(int descriptor)
    {
        Watch(descriptor, Nothing);
        ApplyChanges();
    }

    public ReadOnlySpan<Ready> Wait(TimeSpan? limit)
    {
        var count = _library.Wait(_kqueue, _changes, _events, limit);
        _changes.Clear();
        for (var i = 0; i < count; i++)
        {
            _events.ThrowIfError(i);
            _ready[i] = new Ready(_events.Descriptor(i));
        }
        return _ready.AsSpan(0, count);
    }

    public void Dispose()
    {
        Syscall.Close(_kqueue);
        _changes.Dispose();
        _events.Dispose();
    }

    private void Watch(int descriptor, short filter)
    {
        if (_changes.Count + 2 > _changes.Capacity)
            ApplyChanges();
        ref var current = ref _filters[descriptor];
        if (current != Nothing)
            _changes.Add(descriptor, current, KeventList.EV_DELETE);
        if (filter != Nothing)
            _changes.Add(descriptor, filter, KeventList.EV_ADD);
        current = filter;
    }

    private void ApplyChanges()
    {
        _library.Apply(_kqueue, _changes);
        _changes.Clear();
    }
}
