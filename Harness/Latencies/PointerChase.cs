using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using C10k.Linux;

namespace C10k.Harness.Latencies;

/// <summary>
/// Cache lines of which each holds the address of the next, in an order that no prefetcher guesses: one circle through all of them
/// (S. Sattolo, 1986). Nothing can be loaded before the load ahead of it is done.
/// </summary>
internal sealed unsafe class PointerChase : IDisposable
{
    /// <summary>How many loads <see cref="Run"/> does.</summary>
    public const int Loads = 16 * 64;

    private const int LineBytes = 64;
    private const int HugePageBytes = 2 << 20;

    private readonly byte* _lines;
    private void* _at;

    public PointerChase(long bytes)
    {
        var count = (int)(bytes / LineBytes);
        _lines = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, HugePageBytes);
        // Else most of what is timed would be the translation of addresses.
        Syscall.PreferHugePages(_lines, bytes);
        var order = Enumerable.Range(0, count).ToArray();
        var random = new Random(42);
        for (var i = count - 1; i > 0; i--)
        {
            var other = random.Next(i);
            (order[i], order[other]) = (order[other], order[i]);
        }
        for (var i = 0; i < count; i++)
            *(void**)Line(i) = Line(order[i]);
        _at = _lines;
    }

    /// <summary>Goes on from where it stopped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        var at = (void**)_at;
        for (var i = 0; i < Loads / 16; i++)
        {
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
            at = (void**)*at;
        }
        _at = at;
    }

    public void Dispose() => NativeMemory.AlignedFree(_lines);

    private byte* Line(int number) => _lines + ((long)number * LineBytes);
}
