using BenchmarkDotNet.Attributes;

namespace C10k.Harness.Latencies;

/// <summary>Leaving a method in its middle and coming back.</summary>
public class CoroutineBenchmarks
{
    private const int Switches = 1000;

    private readonly IEnumerator<int> _numbers = Numbers().GetEnumerator();

    /// <summary>Resumes a method until its next <c>yield return</c>.</summary>
    [Benchmark(OperationsPerInvoke = Switches)]
    public int Iterator()
    {
        for (var i = 0; i < Switches; i++)
            _ = _numbers.MoveNext();
        return _numbers.Current;
    }

    /// <summary>Goes to the end of the thread pool's queue, again and again.</summary>
    [Benchmark(OperationsPerInvoke = Switches)]
    public async Task TaskYield()
    {
        for (var i = 0; i < Switches; i++)
            await Task.Yield();
    }

    private static IEnumerable<int> Numbers()
    {
        for (var number = 0; ; number++)
            yield return number;
    }
}
