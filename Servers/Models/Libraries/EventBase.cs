using System.Runtime.InteropServices;

namespace C10k.Servers.Models.Libraries;

/// <summary>A libevent base with the back end that was asked for, and what the loop needs to do with it.</summary>
internal sealed unsafe class EventBase : IDisposable
{
    /// <summary>What can be asked for; libevent chooses the best that is not avoided.</summary>
    public static readonly string[] Backends = ["epoll", "poll", "select"];

    private readonly nint _base;

    public EventBase(string backend)
    {
        var config = Libevent.event_config_new();
        foreach (var other in Backends.Where(other => other != backend))
            Check("event_config_avoid_method", Libevent.event_config_avoid_method(config, other));
        Check("event_config_set_flag", Libevent.event_config_set_flag(config, Libevent.EVENT_BASE_FLAG_NOLOCK));
        _base = Libevent.event_base_new_with_config(config);
        Libevent.event_config_free(config);
        if (_base == 0 || Method != backend)
            throw new InvalidOperationException(
                $"libevent has no back end '{backend}' here (EVENT_NO{backend.ToUpperInvariant()} in the environment takes it away)"
            );
    }

    // In libevent's words.
    private string Method => Marshal.PtrToStringUTF8((nint)Libevent.event_base_get_method(_base))!;

    /// <summary>Calls back until <see cref="Break"/> is called.</summary>
    public void Dispatch() => Check("event_base_dispatch", Libevent.event_base_dispatch(_base));

    /// <summary>Lets <see cref="Dispatch"/> return after the callback that is running.</summary>
    public void Break() => Check("event_base_loopbreak", Libevent.event_base_loopbreak(_base));

    /// <summary>A new event, which nothing is waited for yet.</summary>
    public nint NewEvent(int descriptor, delegate* unmanaged[Cdecl]<int, short, nint, void> callback, nint argument) =>
        Libevent.event_new(_base, descriptor, 0, callback, argument);

    /// <summary>Makes an event wait for something else from now on.</summary>
    /// <param name="watched">The event.</param>
    /// <param name="descriptor">Its descriptor.</param>
    /// <param name="what">EV_READ or EV_WRITE; 0 for the timeout alone.</param>
    /// <param name="timeout">After how long without an event to call back all the same; null is never.</param>
    /// <param name="callback">Whom to call.</param>
    /// <param name="argument">What to hand over.</param>
    public void Wait(
        nint watched,
        int descriptor,
        short what,
        TimeSpan? timeout,
        delegate* unmanaged[Cdecl]<int, short, nint, void> callback,
        nint argument
    )
    {
        Check("event_del", Libevent.event_del(watched));
        Check("event_assign", Libevent.event_assign(watched, _base, descriptor, what, callback, argument));
        var time = new Libevent.Timeval(timeout ?? default);
        Check("event_add", Libevent.event_add(watched, timeout is null ? null : &time));
    }

    public void Dispose() => Libevent.event_base_free(_base);

    private static void Check(string call, int result)
    {
        if (result < 0)
            throw new InvalidOperationException($"libevent's {call} failed");
    }
}
