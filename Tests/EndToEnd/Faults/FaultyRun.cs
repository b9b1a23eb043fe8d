using System.Diagnostics;
using System.Text.RegularExpressions;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>
/// A run of the real Harness that something happens to. Whatever that is, it is checked in the end that all files are whole, that every
/// process is gone that was seen, and that the servers' ports are free.
/// </summary>
internal sealed partial class FaultyRun(HarnessRun harness, RunningProgram program)
{
    // Two seconds are promised; the rest is for a machine that is busy with other tests. The windows would last for twenty at least.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(6);

    private readonly HashSet<int> _seen = [];

    public HarnessRun Harness => harness;

    public RunningProgram Program => program;

    /// <summary>Runs the Harness through a command, lets something happen, and waits for its end.</summary>
    /// <param name="standsStill">Whether what happens makes the load stand still.</param>
    public static async Task<FaultOutcome> With(string args, Func<FaultyRun, Task> happen, bool standsStill = false)
    {
        await using var harness = new HarnessRun();
        await using var program = harness.Start(HarnessRun.Split(args));
        var run = new FaultyRun(harness, program);
        await happen(run);
        var finished = await program.Finish();
        return await Outcome(harness, finished, run._seen, standsStill);
    }

    /// <summary>The states of all rows, and the line of stderr that is not about a case. Nothing of the run may be left.</summary>
    /// <param name="seen">Processes that the log may not tell of.</param>
    /// <param name="standsStill">Whether what happened made the load stand still.</param>
    public static async Task<FaultOutcome> Outcome(
        HarnessRun harness,
        Finished finished,
        IEnumerable<int>? seen = null,
        bool standsStill = false
    )
    {
        await Leftovers.None(harness.LogLines, seen ?? []);
        foreach (var folder in harness.Runs)
            Leftovers.AreWhole(folder);
        var rows = harness.Runs.SelectMany(folder => Leftovers.Read<SummaryRow>(Path.Combine(folder, "summary.csv")));
        var told = finished.Stderr.Split('\n').FirstOrDefault(IsAboutTheRun) ?? "";
        return new FaultOutcome(finished.ExitCode, Describe(rows, standsStill), FilePath().Replace(told, "DIR"));
    }

    /// <summary>The states of all rows.</summary>
    /// <param name="standsStill">
    /// Whether a standstill of the load is told: only where the fault makes it stand still. Other programs on the machine may keep it from
    /// its CPU for as long at any time.
    /// </param>
    public static string Describe(IEnumerable<SummaryRow> rows, bool standsStill = false) =>
        string.Join("; ", rows.Select(row => Describe(row, standsStill)).Distinct().Order().DefaultIfEmpty("none"));

    // Of what makes a row suspect only what a fault did: other programs on the machine may be another reason at any time.
    private static string Describe(SummaryRow row, bool standsStill)
    {
        if (row.Status != CaseStatus.Ok)
            return $"{row.Status.ToString().ToLowerInvariant()}: {Reason(row, standsStill)}";
        var still = Standstill().Match(standsStill ? row.Suspect ?? "" : "");
        return still.Success ? $"ok, but suspect: {still.Groups["before"]} N s{still.Groups["behind"]}" : "ok";
    }

    private static string Reason(SummaryRow row, bool standsStill)
    {
        var reason = row.Reason ?? "";
        return standsStill ? reason : AddedStandstill().Replace(reason, "");
    }

    /// <summary>Waits until a server and its load generator run.</summary>
    public async Task BothRun()
    {
        await harness.BothRun(program);
        _seen.UnionWith(ProcessTree.Of(program.Id));
    }

    /// <summary>Waits until a window of the only case is under way: the log tells when all clients had their first reply.</summary>
    public async Task WindowIsUnderWay()
    {
        await BothRun();
        await Patience.Until(
            "a window is under way",
            () =>
                harness.Runs.Any(folder =>
                    File.ReadAllText(Path.Combine(folder, "bench.log")).Contains("window 1", StringComparison.Ordinal)
                ),
            () => program.Stderr
        );
    }

    /// <summary>Waits until so many trials are on disk.</summary>
    public async Task SomeAreRecorded(int trials)
    {
        await Patience.Until(
            $"{trials} trials are recorded",
            () => harness.Runs.Sum(folder => Lines(Path.Combine(folder, "trials.jsonl"))) >= trials,
            () => program.Stderr
        );
        _seen.UnionWith(ProcessTree.Of(program.Id));
    }

    /// <summary>Halts processes, all at once, for longer than a busy machine ever lets anybody wait.</summary>
    public async Task HaltForAWhile(IReadOnlyList<int> processes)
    {
        foreach (var process in processes)
            _ = ProcessTree.Signal(process, ProcessTree.SIGSTOP);
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        foreach (var process in processes)
            _ = ProcessTree.Signal(process, ProcessTree.SIGCONT);
    }

    /// <summary>Waits until no process of the run is left, which may not take long.</summary>
    public async Task IsGoneAtOnce()
    {
        var clock = Stopwatch.StartNew();
        await Patience.Until(
            "every process is gone",
            () => !_seen.Append(program.Id).Any(ProcessTree.IsAlive),
            () => string.Join(' ', _seen.Where(ProcessTree.IsAlive))
        );
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, AtOnce);
    }

    /// <summary>Ctrl-C, and again as soon as the first is told of.</summary>
    public async Task InterruptTwice()
    {
        program.Signal(ProcessTree.SIGINT);
        await Patience.Until(
            "the first is told",
            () => program.Stderr.Contains("interrupted: ", StringComparison.Ordinal),
            () => program.Stderr
        );
        program.Signal(ProcessTree.SIGINT);
    }

    public void Signal(string role, int signal) => _ = ProcessTree.Signal(harness.Started(role)[^1], signal);

    private static bool IsAboutTheRun(string line) =>
        line.StartsWith("run-bench: ", StringComparison.Ordinal)
        || line.StartsWith("no report: ", StringComparison.Ordinal)
        || line.StartsWith("interrupted: ", StringComparison.Ordinal);

    private static int Lines(string file) =>
        File.Exists(file) ? File.ReadAllText(file).Count(letter => letter == '\n') : 0;

    [GeneratedRegex(
        "(?<before>round 1, window 1: the load stood still for) [0-9.]+ s(?<behind>: [^;]*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Standstill();

    // Behind the reason of a row that failed.
    [GeneratedRegex(
        "; round [0-9]+, window [0-9]+: the load stood still for [^;]*",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex AddedStandstill();

    [GeneratedRegex(
        "'?/[^' :]*/(results|small)/[^' :]*'?",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex FilePath();
}
