using System.Runtime.InteropServices;
using C10k.Contract;
using C10k.Linux;

namespace C10k.Harness.CommandLine;

/// <summary>Ctrl-C, SIGTERM and SIGHUP: the first ends the run in order, with everything measured on disk; the second ends it at once.</summary>
internal sealed class InterruptSignals : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration[] _registrations;

    public InterruptSignals() =>
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    public CancellationToken Token => _interrupted.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _interrupted.Dispose();
    }

    // Ending at once leaves no orphans: the kernel kills our children with us.
    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_interrupted.IsCancellationRequested)
            Syscall.ExitNow(ExitCode.Interrupted);
        _interrupted.Cancel();
    }
}
