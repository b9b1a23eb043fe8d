using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using C10k.Harness.CommandLine;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Nodes;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;
using C10k.Tests.Harness;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>
/// One case against a server that is not what it should be: a command of ours, real processes, the real load generator. The Harness is a
/// process, too, but for where something has to happen between two of its steps: then it runs in this one.
/// </summary>
internal static partial class StrangeServer
{
    private const int MostLogBytes = 100_000;
    private static readonly string[] Conversations = ["echo", "http"];
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(300);

    /// <summary>A script of sh; <c>$0</c> is our executable of servers, <c>$@</c> what a server is told.</summary>
    public static Task<FaultOutcome> Script(string script, Action<IPEndPoint>? atReady = null) =>
        atReady is null ? Run(CommandOf(script), "echo") : RunHere(CommandOf(script), "echo", atReady);

    /// <summary>A program of Python; the test is skipped where there is none.</summary>
    /// <param name="limit">What its shell is told before.</param>
    public static Task<FaultOutcome> Python(string program, string workload = "echo", string limit = "true")
    {
        Installed.Require("python3");
        return Run(["sh", "-c", $"{limit} && exec python3 server.py"], workload, program);
    }

    private static string[] CommandOf(string script) => ["sh", "-c", script, ProgramStart.PathOf("Servers")];

    // The program stands beside the definition, in the folder where the server is started.
    private static async Task<FaultOutcome> Run(IReadOnlyList<string> command, string workload, string program = "")
    {
        await using var harness = new HarnessRun();
        await File.WriteAllTextAsync(harness["server.py"], program);
        await File.WriteAllTextAsync(harness["server.json"], Define(command));
        var finished = await harness.Run([
            "--server",
            harness["server.json"],
            "--workload",
            workload,
            .. HarnessRun.Split("--models server --clients 4 --windows 1 --window 300ms --warmup 0s"),
        ]);
        Assert.InRange(new FileInfo(harness.Latest.Log).Length, 1, MostLogBytes);
        var outcome = await FaultyRun.Outcome(harness, finished);
        return outcome with { Rows = WithoutNumbers(outcome.Rows) };
    }

    private static string Define(IReadOnlyList<string> command) =>
        JsonSerializer.Serialize(
            new
            {
                name = "server",
                summary = "Is not what it should be.",
                command = (string[])[.. command, Placeholders.ContractArgument],
                ready = "contract",
                conversations = Conversations,
            }
        );

    private static async Task<FaultOutcome> RunHere(
        IReadOnlyList<string> command,
        string workload,
        Action<IPEndPoint> atReady
    )
    {
        using var folder = new TemporaryFolder();
        var rows = await Task.Run(() => Rows(folder, command, workload, atReady));
        Assert.InRange(new FileInfo(folder["bench.log"]).Length, 1, MostLogBytes);
        await Leftovers.None(File.ReadLines(folder["bench.log"]));
        await Leftovers.NoDescriptors(folder.FullPath, File.ReadLines(folder["bench.log"]));
        Leftovers.AreWhole(folder["run"]);
        return new FaultOutcome(
            RunCommand.Judge(rows, reported: true, CancellationToken.None),
            WithoutNumbers(FaultyRun.Describe(rows))
        );
    }

    private static IReadOnlyList<SummaryRow> Rows(
        TemporaryFolder folder,
        IReadOnlyList<string> command,
        string workload,
        Action<IPEndPoint> atReady
    )
    {
        using var log = RunLog.AppendTo(folder["bench.log"], TimeProvider.System);
        using var launcher = new ProcessLauncher(log.Write);
        var (server, load) = CpuSet.Allowed.Halve();
        var settings = Planned.Settings(windows: 1) with
        {
            Window = Window,
            WarmUp = TimeSpan.Zero,
            ServerCpus = server,
            LoadCpus = load,
        };
        var trials = RunCommand.MakeTrials(settings, launcher, log, _ => { });
        var nodes = trials.Nodes;
        trials = trials with { Nodes = nodes with { Server = new DisturbedNode(nodes.Server, atReady) } };
        var info = Planned.Model("server") with { Conversations = Conversations };
        var planned = new PlannedCase(
            ForeignServers.ToModel(
                new ServerDefinition(info, [.. command, Placeholders.ContractArgument], folder.FullPath, "a test")
                {
                    Ready = Readiness.Contract,
                }
            ),
            WorkloadCatalogue.All.Single(candidate => candidate.Id == workload),
            Clients: 4
        );
        var results = ResultsFolder.At(folder["run"]);
        var plan = new Plan([planned], settings);
        return new RunSession(plan, results, trials, new RecordingDisplay()).Run(CancellationToken.None).Rows;
    }

    private static string WithoutNumbers(string rows) => Numbers().Replace(Command().Replace(rows, "(…)"), "N");

    [GeneratedRegex("(?<=process |:)[0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    // Whose name is missing stays, and the row is another one.
    [GeneratedRegex("(?<=process [0-9]+ )\\([^)]+\\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();
}

/// <summary>A node where something happens the moment a server is ready.</summary>
internal sealed class DisturbedNode(INode inner, Action<IPEndPoint> atReady) : INode
{
    public string Name => inner.Name;

    public CpuSet Cpus => inner.Cpus;

    public IChildProcess Start(ProcessStart start) => inner.Start(start);

    public void CheckOwner(IChildProcess server, IPEndPoint endPoint)
    {
        atReady(endPoint);
        inner.CheckOwner(server, endPoint);
    }

    public ITrialWatch Watch(IChildProcess server, int port, string selfReportName) =>
        inner.Watch(server, port, selfReportName);
}
