using C10k.Contract;
using C10k.Linux;

namespace C10k.Hosting;

/// <summary>What a server used from its start to now, for <c>--crank</c>. Processes that it started are not among it: crank's agent looks at those.</summary>
internal static class ServerStatistics
{
    public static JobStatistics Now()
    {
        var used = ResourceUsage.OfThisProcess();
        var switches = SwitchCounts.OfThisProcess();
        return new JobStatistics("C10k Bench server", DateTimeOffset.UtcNow)
            .Add("c10k/server/cpu_seconds", "Server: CPU time (s)", used.Cpu.TotalSeconds, format: "n2")
            .Add("c10k/server/switches_voluntary", "Server: voluntary context switches", switches.Voluntary)
            .Add("c10k/server/switches_involuntary", "Server: involuntary context switches", switches.Involuntary)
            .Add("c10k/server/gc_collections", "Server: garbage collections", GC.CollectionCount(0))
            .Add(
                "c10k/server/gc_pause_ms",
                "Server: pauses for garbage collections (ms)",
                GC.GetTotalPauseDuration().TotalMilliseconds,
                format: "n1"
            );
    }
}
