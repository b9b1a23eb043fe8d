using BenchmarkDotNet.Attributes;
using C10k.Linux;

namespace C10k.Harness.Latencies;

/// <summary>Into the kernel and out again.</summary>
public class KernelBenchmarks
{
    private const int Calls = 100;

    /// <summary>Asks for the id of the parent, which no C library keeps.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int SystemCall()
    {
        var sum = 0;
        for (var i = 0; i < Calls; i++)
            sum += Syscall.ParentId();
        return sum;
    }
}
