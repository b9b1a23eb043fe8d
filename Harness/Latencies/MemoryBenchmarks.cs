using BenchmarkDotNet.Attributes;

namespace C10k.Harness.Latencies;

/// <summary>Loads that wait for each other, within as many bytes as a cache holds.</summary>
public class MemoryBenchmarks
{
    private PointerChase? _chase;

    /// <summary>Within the first-level cache.</summary>
    [GlobalSetup(Target = nameof(L1))]
    public void PrepareL1() => Prepare(CacheLevel.L1);

    /// <summary>Within the second.</summary>
    [GlobalSetup(Target = nameof(L2))]
    public void PrepareL2() => Prepare(CacheLevel.L2);

    /// <summary>Within the third.</summary>
    [GlobalSetup(Target = nameof(L3))]
    public void PrepareL3() => Prepare(CacheLevel.L3);

    /// <summary>Beyond all caches.</summary>
    [GlobalSetup(Target = nameof(Memory))]
    public void PrepareMemory() => Prepare(CacheLevel.Memory);

    /// <inheritdoc cref="PrepareL1"/>
    [Benchmark(OperationsPerInvoke = PointerChase.Loads)]
    public void L1() => _chase!.Run();

    /// <inheritdoc cref="PrepareL2"/>
    [Benchmark(OperationsPerInvoke = PointerChase.Loads)]
    public void L2() => _chase!.Run();

    /// <inheritdoc cref="PrepareL3"/>
    [Benchmark(OperationsPerInvoke = PointerChase.Loads)]
    public void L3() => _chase!.Run();

    /// <inheritdoc cref="PrepareMemory"/>
    [Benchmark(OperationsPerInvoke = PointerChase.Loads)]
    public void Memory() => _chase!.Run();

    /// <summary>Gives the memory back.</summary>
    [GlobalCleanup]
    public void Free() => _chase?.Dispose();

    private void Prepare(CacheLevel level) => _chase = new PointerChase(CacheSizes.Here.Reach(level)!.Value);
}
