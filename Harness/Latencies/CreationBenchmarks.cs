using BenchmarkDotNet.Attributes;
using C10k.Harness.Planning;
using C10k.Linux;

namespace C10k.Harness.Latencies;

/// <summary>From nothing to a thread or process that has ended.</summary>
public class CreationBenchmarks
{
    private const string Program = "true";
    private const int StackBytes = 64 << 10;

    private SpawnCommand? _command;

    /// <summary>Why no process can be started; null where it can.</summary>
    public static string? WhyNoProcess => Executables.OnPath(Program) is null ? $"there is no program {Program}" : null;

    /// <summary>Lays out the program's arguments.</summary>
    [GlobalSetup(Target = nameof(StartProcess))]
    public void Prepare() => _command = new SpawnCommand(Executables.OnPath(Program)!, []);

    /// <summary>A thread that does nothing.</summary>
    [Benchmark]
    public void StartThread()
    {
        var thread = new Thread(() => { }, StackBytes);
        thread.Start();
        thread.Join();
    }

    /// <summary>A program that does nothing.</summary>
    [Benchmark]
    public void StartProcess()
    {
        var child = _command!.Start();
        if (child < 0)
            throw new SystemCallException("posix_spawn", (Errno)(-child));
        _ = Syscall.Reap(child);
    }

    /// <summary>Frees the arguments.</summary>
    [GlobalCleanup]
    public void Free() => _command?.Dispose();
}
