using System.Runtime.InteropServices;
using C10k.Contract;
using C10k.Linux;

namespace C10k.Hosting;

/// <summary>
/// Everything that tells a server to stop: SIGTERM, SIGINT, SIGHUP, SIGQUIT, and the end of stdin where that is a pipe or a socket
/// (then the other end is the process that started us, and it is gone). A server that has not stopped after <see cref="Grace"/> is
/// ended all the same.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>The contract allows two seconds.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.7);

    private static readonly PosixSignal[] Signals =
    [
        PosixSignal.SIGTERM,
        PosixSignal.SIGINT,
        PosixSignal.SIGHUP,
        PosixSignal.SIGQUIT,
    ];

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private bool _stopping;

    public StopSignals()
    {
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
        if (StandardInputTellsOfParent())
            new Thread(WaitForEndOfInput, maxStackSize: 128 * 1024) { IsBackground = true, Name = "stdin" }.Start();
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Stop();
    }

    private void WaitForEndOfInput()
    {
        Span<byte> ignored = stackalloc byte[256];
        while (Syscall.Read(descriptor: 0, ignored).Moved) { }
        Stop();
    }

    // The bound is set first: cancelling runs the model's own code, and nobody knows how long that takes.
    private void Stop()
    {
        if (Interlocked.Exchange(ref _stopping, true))
            return;
        new Thread(EndAfterGrace, maxStackSize: 128 * 1024) { IsBackground = true, Name = "grace" }.Start();
        _stop.Cancel();
    }

    private static void EndAfterGrace()
    {
        Thread.Sleep(Grace);
        Syscall.ExitNow(ExitCode.Success);
    }

    // A terminal is not read: a process in the background would be stopped by the attempt. Nor is /dev/null, whose end means nothing.
    private static bool StandardInputTellsOfParent()
    {
        var target = new FileInfo("/proc/self/fd/0").LinkTarget ?? "";
        return target.StartsWith("pipe:", StringComparison.Ordinal)
            || target.StartsWith("socket:", StringComparison.Ordinal);
    }
}
