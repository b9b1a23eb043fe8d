namespace C10k.Harness.Latencies;

/// <summary>Something that takes time, and the micro-benchmark that tells how much.</summary>
/// <param name="Id">Its name in <c>latencies.csv</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Meaning">What exactly is timed, in a line.</param>
/// <param name="Benchmarks">The class of the benchmark.</param>
/// <param name="Method">Its method in that class.</param>
/// <param name="WhyNot">Why it cannot be timed here; null where it can.</param>
internal sealed record Operation(
    string Id,
    string Title,
    string Meaning,
    Type Benchmarks,
    string Method,
    string? WhyNot = null
);
