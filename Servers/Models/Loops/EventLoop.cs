using C10k.Servers.Models.Readiness;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Loops;

/// <summary>
/// An event loop: who wants to wait leaves a callback and returns, and the loop calls it when the descriptor is ready or the time has
/// come. A callback is called once; a descriptor has one at a time, for one direction. Everything happens on one thread, so that
/// nothing needs a lock, and a callback that takes long keeps all others waiting.
/// </summary>
internal sealed class EventLoop(IPoller poller) : IDisposable
{
    private readonly Timers<Action> _timers = new();
    private Slot[] _slots = new Slot[1024];

    /// <summary>True as soon as <see cref="CancelWaits"/> was called: who is called back now has waited in vain.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Calls back when the descriptor has something to receive or to accept, or is at its end.</summary>
    public void WhenReadable(int descriptor, Action callback) => When(descriptor, Interest.Read, callback);

    /// <summary>Calls back when the descriptor can take more, or is lost.</summary>
    public void WhenWritable(int descriptor, Action callback) => When(descriptor, Interest.Write, callback);

    /// <summary>Calls back when the time is over; the shortest first.</summary>
    public void After(TimeSpan delay, Action callback) => _timers.Add(callback, delay);

    /// <summary>Forgets a descriptor that is about to be closed, and its callback.</summary>
    public void Forget(int descriptor)
    {
        if (descriptor >= _slots.Length)
            return;
        ref var slot = ref _slots[descriptor];
        if (slot.Watched is not null)
            poller.Forget(descriptor);
        slot = default;
    }

    /// <summary>One turn: waits until something is ready or due, and calls all back that it is for.</summary>
    public void Turn()
    {
        var ready = poller.Wait(_timers.UntilNext());
        for (var i = 0; i < ready.Length; i++)
        {
            if (i + 1 < ready.Length)
                FetchAhead(ready[i + 1].Descriptor);
            CallBack(ready[i].Descriptor);
        }
        // Not more than there are now: one that is set anew, with no delay, has to let the descriptors have their turn.
        for (var left = _timers.Count; left > 0 && _timers.TryTakeDue() is { } callback; left--)
            callback();
    }

    /// <summary>Calls everybody back who still waits for a descriptor or a time, so that they end.</summary>
    public void CancelWaits()
    {
        IsCancelled = true;
        foreach (var callback in _slots.Where(slot => slot.IsSet).Select(slot => slot.Callback!).ToList())
            callback();
        while (_timers.TryTake() is { } callback)
            callback();
    }

    public void Dispose() => poller.Dispose();

    // A descriptor stays watched when its wait is over: nearly always the next wait is for the same, and then costs no system call.
    private void When(int descriptor, Interest direction, Action callback)
    {
        DescriptorTable.MakeRoom(ref _slots, descriptor);
        ref var slot = ref _slots[descriptor];
        if (!ReferenceEquals(slot.Callback, callback))
            slot.Callback = callback;
        slot.IsSet = true;
        if (slot.Watched is null)
            poller.Watch(descriptor);
        if ((slot.Watched ?? Interest.Read) != direction)
            poller.Change(descriptor, direction);
        slot.Watched = direction;
    }

    private void FetchAhead(int descriptor)
    {
        if (_slots[descriptor].Callback?.Target is { } target)
            Prefetch.Object(target);
    }

    private void CallBack(int descriptor)
    {
        ref var slot = ref _slots[descriptor];
        if (slot.IsSet)
        {
            slot.IsSet = false;
            slot.Callback!();
            return;
        }
        // Ready, and nobody waits for it at the moment: were it watched on, it would end every wait at once.
        if (slot.Watched is not null)
            poller.Unwatch(descriptor);
        slot.Watched = null;
    }

    private struct Slot
    {
        // Stays when it was called: nearly always the same one is set again, and a reference that does not change need not be stored.
        public Action? Callback;
        public bool IsSet;
        public Interest? Watched;
    }
}
