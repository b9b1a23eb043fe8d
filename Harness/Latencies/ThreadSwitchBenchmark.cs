using BenchmarkDotNet.Attributes;
using C10k.Linux;

namespace C10k.Harness.Latencies;

/// <summary>Two threads on one CPU that wake each other in turn: one of them can only run when the other sleeps.</summary>
public class ThreadSwitchBenchmark
{
    private const int RoundTrips = 50;

    private int _there;
    private int _back;
    private volatile bool _over;
    private Thread? _other;

    /// <summary>Binds both threads to one CPU.</summary>
    [GlobalSetup]
    public void Start()
    {
        var cpu = Syscall.GetAffinity()[0];
        _there = Syscall.CreateEventCounter(nonBlocking: false);
        _back = Syscall.CreateEventCounter(nonBlocking: false);
        _other = new Thread(() => Answer(cpu)) { IsBackground = true };
        _other.Start();
        // The runner gives every benchmark a thread of its own, which ends with it.
        Syscall.SetAffinity([cpu]);
    }

    /// <summary>Two switches a round trip.</summary>
    [Benchmark(OperationsPerInvoke = 2 * RoundTrips)]
    public void ThereAndBack()
    {
        for (var i = 0; i < RoundTrips; i++)
        {
            Syscall.Signal(_there);
            Syscall.Reset(_back);
        }
    }

    /// <summary>Ends the other thread.</summary>
    [GlobalCleanup]
    public void Stop()
    {
        _over = true;
        Syscall.Signal(_there);
        _other!.Join();
        Syscall.Close(_there);
        Syscall.Close(_back);
    }

    private void Answer(int cpu)
    {
        Syscall.SetAffinity([cpu]);
        while (true)
        {
            Syscall.Reset(_there);
            if (_over)
                return;
            Syscall.Signal(_back);
        }
    }
}
