using System.Runtime.InteropServices;
using C10k.Contract;
using C10k.Linux;

namespace C10k.Hosting;

/// <summary>
/// Everything that tells a server to stop: SIGTERM, SIGINT, SIGHUP, SIGQUIT, and the end of stdin where that is a pipe or a socket
/// (then the other end is the process that started us, and it is gone). A server that has not stopped when its time is over is ended all
/// the same.
/// </summary>
internal static class StopSignals
{
    private static readonly PosixSignal[] Signals =
    [
        PosixSignal.SIGTERM,
        PosixSignal.SIGINT,
        PosixSignal.SIGHUP,
        PosixSignal.SIGQUIT,
    ];

    // Never taken back, not even by the collector: a second signal, in the process's last moments, would kill it.
    private static readonly List<PosixSignalRegistration> s_registrations = [];

    private static readonly CancellationTokenSource s_stop = new();
    private static TimeSpan s_grace;
    private static bool s_stopping;

    /// <summary>Begins to watch, once for the life of the process; the token is cancelled by the first that tells to stop.</summary>
    /// <param name="grace">How long the server may take to stop.</param>
    public static CancellationToken Watch(TimeSpan grace)
    {
        s_grace = grace;
        s_registrations.AddRange(Signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal)));
        if (StandardInputTellsOfParent())
            new Thread(WaitForEndOfInput, maxStackSize: 128 * 1024) { IsBackground = true, Name = "stdin" }.Start();
        return s_stop.Token;
    }

    private static void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Stop();
    }

    private static void WaitForEndOfInput()
    {
        Span<byte> ignored = stackalloc byte[256];
        Span<pollfd> input = [new pollfd { fd = 0, events = Poll.POLLIN }];
        do Syscall.WaitPoll(input); // Whoever started us may have made it non-blocking.
        while (Syscall.Read(descriptor: 0, ignored) is { Moved: true } or { WouldBlock: true });
        Stop();
    }

    // The bound is set first: cancelling runs the model's own code, and nobody knows how long that takes.
    private static void Stop()
    {
        if (Interlocked.Exchange(ref s_stopping, true))
            return;
        new Thread(EndAfterGrace, maxStackSize: 128 * 1024) { IsBackground = true, Name = "grace" }.Start();
        s_stop.Cancel();
    }

    private static void EndAfterGrace()
    {
        Thread.Sleep(s_grace);
        Console.Error.WriteLine($"not stopped after {s_grace.TotalSeconds} s: ended as it is");
        Syscall.ExitNow(ExitCode.Success);
    }

    // A terminal is not read: a process in the background would be stopped by the attempt. Nor is /dev/null, whose end means nothing.
    // And where stdin was closed from the start, some descriptor of the runtime has its number, perhaps a pipe.
    private static bool StandardInputTellsOfParent()
    {
        var target = new FileInfo("/proc/self/fd/0").LinkTarget ?? "";
        return Syscall.IsInherited(descriptor: 0)
            && (
                target.StartsWith("pipe:", StringComparison.Ordinal)
                || target.StartsWith("socket:", StringComparison.Ordinal)
            );
    }
}
