using System.Diagnostics;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>
/// A run whose clock is set back by an hour while its first window is under way: a library, preloaded into every process of the run,
/// takes it off the time of day. The machine's own clock is everybody's, and stays as it is.
/// </summary>
internal static class ClockSetBack
{
    private const string Library = "clock_set_back.so";
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1.5);

    public static async Task<FaultOutcome> Happen()
    {
        await using var harness = new HarnessRun();
        var mark = harness["set-back"];
        harness.Environment["LD_PRELOAD"] = Compile(harness[Library], mark);
        await using var program = harness.Start(
            HarnessRun.Split("--models poll --clients 5 --windows 2 --window 1500ms --warmup 0s")
        );
        var run = new FaultyRun(harness, program);
        await run.WindowIsUnderWay();
        Assert.All(ProcessTree.Of(program.Id), HasItLoaded);
        await File.WriteAllTextAsync(mark, "");
        var finished = await program.Finish();
        harness.Succeeded(finished);
        Assert.Equal(2, harness.Windows.Count);
        Assert.All(harness.Windows, IsAsEver);
        // What is told of the time of day shows that it was set back.
        Assert.InRange(
            harness.Windows[0].StartedUtc - harness.Windows[1].StartedUtc,
            TimeSpan.FromMinutes(59),
            TimeSpan.FromMinutes(60)
        );
        return await FaultyRun.Outcome(harness, finished);
    }

    // The hour shows nowhere, neither more nor less.
    private static void IsAsEver(WindowRow window)
    {
        const double UsPerSecond = 1e6;
        Assert.InRange(window.Seconds, 0.9 * Window.TotalSeconds, Patience.Limit.TotalSeconds);
        Assert.InRange(window.Requests, 1, long.MaxValue);
        Assert.Equal(1, window.ThroughputRps * window.Seconds / window.Requests, tolerance: 0.01);
        Assert.InRange(window.P50Us!.Value, 1, window.P99Us!.Value);
        Assert.InRange(window.MaxUs!.Value, window.P99Us.Value, window.Seconds * UsPerSecond);
    }

    private static void HasItLoaded(int process) =>
        Assert.Contains(Library, File.ReadAllText($"/proc/{process}/maps"), StringComparison.Ordinal);

    private static string Compile(string library, string mark)
    {
        Installed.Require("gcc");
        var source = Path.Combine(AppContext.BaseDirectory, "clock_set_back.c");
        using var compiler = Process.Start(
            "gcc",
            ["-O2", "-Wall", "-Werror", "-shared", "-fPIC", $"-DMARK=\"{mark}\"", "-o", library, source]
        );
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }
}
