namespace C10k.Harness.Benchmarking;

/// <summary>What BenchmarkDotNet is shown in the place of a benchmark class: our executor runs a trial instead of calling it.</summary>
public sealed class ServerBenchmarks
{
    /// <summary>Stands for every workload.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Run() => throw new NotSupportedException("Server benchmarks run as trials.");
}
