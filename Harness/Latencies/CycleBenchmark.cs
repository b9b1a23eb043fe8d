using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;

namespace C10k.Harness.Latencies;

/// <summary>A chain of additions and exclusive ors: each needs the result of the one before, and takes one cycle.</summary>
public class CycleBenchmark
{
    private const int Operations = 16 * 256;

    private ulong _x = 1;
    private ulong _y = 0x9E3779B97F4A7C15;
    private ulong _z = 0xC2B2AE3D27D4EB4F;

    /// <summary>The chain.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Cycle()
    {
        var (x, y, z) = (_x, _y, _z);
        for (var i = 0; i < Operations / 16; i++)
        {
            x += y;
            x ^= z;
            x += y;
            x ^= z;
            x += y;
            x ^= z;
            x += y;
            x ^= z;
            x += y;
            x ^= z;
            x += y;
            x ^= z;
            x += y;
            x ^= z;
            x += y;
            x ^= z;
        }
        _x = x;
    }
}
