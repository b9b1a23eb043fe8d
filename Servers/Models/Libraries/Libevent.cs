using System.Runtime.InteropServices;

namespace C10k.Servers.Models.Libraries;

/// <summary>What a server needs of libevent 2.1, under its own names; see event2/event.h.</summary>
internal static unsafe partial class Libevent
{
    public const short EV_TIMEOUT = 0x01;
    public const short EV_READ = 0x02;
    public const short EV_WRITE = 0x04;
    public const short EV_PERSIST = 0x10;

    public const int EVENT_BASE_FLAG_NOLOCK = 0x01;

    private const string Library = "libevent-2.1.so.7";

    /// <summary>Why there is no libevent here, and what helps; null where there is one.</summary>
    public static string? WhyUnavailable() =>
        NativeLibrary.TryLoad(Library, out _)
            ? null
            : $"{Library} is missing: install the package libevent-2.1-7 (on newer distributions libevent-2.1-7t64)";

    [LibraryImport(Library)]
    public static partial nint event_config_new();

    [LibraryImport(Library)]
    public static partial int event_config_set_flag(nint config, int flag);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int event_config_avoid_method(nint config, string method);

    [LibraryImport(Library)]
    public static partial void event_config_free(nint config);

    [LibraryImport(Library)]
    public static partial nint event_base_new_with_config(nint config);

    [LibraryImport(Library)]
    public static partial byte* event_base_get_method(nint eventBase);

    [LibraryImport(Library)]
    public static partial int event_base_dispatch(nint eventBase);

    [LibraryImport(Library)]
    public static partial int event_base_loopbreak(nint eventBase);

    [LibraryImport(Library)]
    public static partial void event_base_free(nint eventBase);

    [LibraryImport(Library)]
    public static partial nint event_new(
        nint eventBase,
        int descriptor,
        short what,
        delegate* unmanaged[Cdecl]<int, short, nint, void> callback,
        nint argument
    );

    [LibraryImport(Library)]
    public static partial int event_assign(
        nint watched,
        nint eventBase,
        int descriptor,
        short what,
        delegate* unmanaged[Cdecl]<int, short, nint, void> callback,
        nint argument
    );

    [LibraryImport(Library)]
    public static partial int event_add(nint watched, Timeval* timeout);

    [LibraryImport(Library)]
    public static partial int event_del(nint watched);

    [LibraryImport(Library)]
    public static partial void event_free(nint watched);

    /// <summary><c>struct timeval</c> of sys/time.h.</summary>
    public struct Timeval(TimeSpan time)
    {
        public long tv_sec = time.Ticks / TimeSpan.TicksPerSecond;
        public long tv_usec = time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
    }
}
