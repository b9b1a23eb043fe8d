using System.Runtime.InteropServices;
using C10k.Linux;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// The two functions of kqueue(2), from libkqueue, which translates them into epoll. BSD kernels have them themselves, but what else a
/// server of this tree asks of the kernel is asked in Linux's constants and structs, so that it runs on no BSD.
/// </summary>
internal sealed unsafe class KqueueLibrary
{
    private static readonly string[] Names = ["libkqueue.so.0", "libkqueue.so"];

    private readonly delegate* unmanaged<int> _kqueue;
    private readonly delegate* unmanaged<int, byte*, int, byte*, int, long*, int> _kevent;

    public KqueueLibrary()
    {
        var library = Find();
        _kqueue = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "kqueue");
        _kevent = (delegate* unmanaged<int, byte*, int, byte*, int, long*, int>)
            NativeLibrary.GetExport(library, "kevent");
    }

    /// <summary>Why there is no kqueue here, and what helps; null where there is one.</summary>
    public static string? WhyUnavailable() =>
        Find() != 0
            ? null
            : $"{Names[0]} is missing: install the package libkqueue0 (libkqueue0t64) where the distribution has it, "
                + "or build https://github.com/mheily/libkqueue";

    /// <summary>A new queue.</summary>
    public int Create()
    {
        var descriptor = _kqueue();
        return descriptor >= 0 ? descriptor : throw Failure("kqueue");
    }

    /// <summary>Applies the changes, then waits for events and tells how many came; 0 after the limit or a signal, which loses no change.</summary>
    public int Wait(int kqueue, KeventList changes, KeventList events, TimeSpan? limit)
    {
        var time = stackalloc long[2];
        if (limit is { } wait)
        {
            time[0] = wait.Ticks / TimeSpan.TicksPerSecond;
            time[1] = wait.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        }
        else
        {
            time = null;
        }
        var count = _kevent(kqueue, changes.Address, changes.Count, events.Address, events.Capacity, time);
        if (count >= 0)
            return count;
        var failure = Failure("kevent");
        return failure.Errno == Errno.EINTR ? 0 : throw failure;
    }

    /// <summary>Applies the changes and waits for nothing.</summary>
    public void Apply(int kqueue, KeventList changes)
    {
        var atOnce = stackalloc long[2];
        if (_kevent(kqueue, changes.Address, changes.Count, null, 0, atOnce) < 0)
            throw Failure("kevent");
    }

    private static SystemCallException Failure(string call) => new(call, (Errno)Marshal.GetLastSystemError());

    private static nint Find()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
                return library;
        }
        return 0;
    }
}
