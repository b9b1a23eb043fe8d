using System.Net;
using System.Net.Sockets;
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
    private readonly HashSet<int> _seen = [];

    public HarnessRun Harness => harness;

    public RunningProgram Program => program;

    /// <summary>Runs the Harness through a command, lets something happen, and waits for its end.</summary>
    public static async Task<FaultOutcome> With(string args, Func<FaultyRun, Task> happen)
    {
        await using var harness = new HarnessRun();
        await using var program = harness.Start(HarnessRun.Split(args));
        var run = new FaultyRun(harness, program);
        await happen(run);
        var finished = await program.Finish();
        await run.NothingIsLeft();
        return Outcome(harness, finished);
    }

    /// <summary>The states of all rows, and the line of stderr that is not about a case.</summary>
    public static FaultOutcome Outcome(HarnessRun harness, Finished finished)
    {
        foreach (var folder in harness.Runs)
            CheckWhole(folder);
        var rows = harness.Runs.SelectMany(folder => Read<SummaryRow>(Path.Combine(folder, "summary.csv")));
        var told = finished.Stderr.Split('\n').FirstOrDefault(IsAboutTheRun) ?? "";
        return new FaultOutcome(finished.ExitCode, Describe(rows), FilePath().Replace(told, "DIR"));
    }

    public static string Describe(IEnumerable<SummaryRow> rows)
    {
        var states = rows.Select(row =>
            row.Status == CaseStatus.Ok ? "ok" : $"{row.Status.ToString().ToLowerInvariant()}: {row.Reason}"
        );
        return string.Join("; ", states.Distinct().Order().DefaultIfEmpty("none"));
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

    public void Signal(string role, int signal) => _ = ProcessTree.Signal(harness.Started(role)[^1], signal);

    private static bool IsAboutTheRun(string line) =>
        line.StartsWith("run-bench: ", StringComparison.Ordinal)
        || line.StartsWith("interrupted: ", StringComparison.Ordinal);

    private static void CheckWhole(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.csv"))
        {
            var content = File.ReadAllBytes(file);
            Assert.Equal(content.Length, CsvFile.CompleteLength(content));
        }
        Read<SummaryRow>(Path.Combine(folder, "summary.csv"));
        Read<WindowRow>(Path.Combine(folder, "windows.csv"));
        Read<SampleRow>(Path.Combine(folder, "samples.csv"));
        Read<LatencyRow>(Path.Combine(folder, "latency.csv"));
        Assert.Empty(Directory.GetFiles(folder, "*.new", SearchOption.AllDirectories));
    }

    private static IReadOnlyList<T> Read<T>(string file) => File.Exists(file) ? CsvFile.Read<T>(file) : [];

    private static int Lines(string file) =>
        File.Exists(file) ? File.ReadAllText(file).Count(letter => letter == '\n') : 0;

    private async Task NothingIsLeft()
    {
        _seen.UnionWith(harness.Started("server"));
        _seen.UnionWith(harness.Started("load"));
        await Patience.Until(
            "every process is gone",
            () => !_seen.Any(ProcessTree.IsAlive),
            () => string.Join(' ', _seen.Where(ProcessTree.IsAlive))
        );
        // A process whose first thread has ended may have others that still close what it had open.
        foreach (var port in Ports())
            await Patience.Until($"port {port} is free", () => IsFree(port), () => "somebody listens there");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // The load generator's command line names the port of its server.
    private IEnumerable<int> Ports() =>
        harness
            .Runs.SelectMany(folder => File.ReadLines(Path.Combine(folder, "bench.log")))
            .Select(line => Target().Match(line))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups["port"].Value));

    [GeneratedRegex(
        "--target 127\\.0\\.0\\.1:(?<port>[0-9]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Target();

    [GeneratedRegex(
        "'?/[^' :]*/(results|small)/[^' :]*'?",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex FilePath();
}
