using System.Text.Json.Nodes;

namespace C10k.Nodes.Collecting;

/// <summary>What looking at servers cost in this run: CPU time of the Harness while windows ran, at borders and in between.</summary>
internal static class LookCost
{
    private static readonly Lock Gate = new();
    private static TimeSpan s_cpu;
    private static TimeSpan s_windows;
    private static double s_worst;
    private static int s_worstThreads;

    /// <summary>Adds a trial.</summary>
    public static void Add(LookCosts trial)
    {
        var (cpu, windows, threads) = trial;
        lock (Gate)
        {
            s_cpu += cpu;
            s_windows += windows;
            if (windows <= TimeSpan.Zero || cpu / windows <= s_worst)
                return;
            (s_worst, s_worstThreads) = (cpu / windows, threads);
        }
    }

    /// <summary>All trials so far, for <c>environment.json</c>.</summary>
    public static JsonObject ToJson()
    {
        lock (Gate)
            return new JsonObject
            {
                ["cpu_seconds"] = Math.Round(s_cpu.TotalSeconds, 6),
                ["window_seconds"] = Math.Round(s_windows.TotalSeconds, 3),
                ["cpu_cores"] = s_windows > TimeSpan.Zero ? Math.Round(s_cpu / s_windows, 6) : null,
                ["cpu_cores_worst_trial"] = Math.Round(s_worst, 6),
                ["threads_worst_trial"] = s_worstThreads,
            };
    }
}

/// <summary>What looking at the server of one trial cost.</summary>
/// <param name="Cpu">CPU time of all looks.</param>
/// <param name="Windows">From the first border to the last.</param>
/// <param name="Threads">How many threads the server had.</param>
internal readonly record struct LookCosts(TimeSpan Cpu, TimeSpan Windows, int Threads);
