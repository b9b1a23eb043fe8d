using System.Buffers;
using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Conversations;
using C10k.Harness.CommandLine;
using C10k.Harness.Comparing;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Harness.Trials;
using C10k.Hosting;
using C10k.LoadGen.Modes;
using C10k.Nodes;
using C10k.Nodes.Agents;
using C10k.Servers.Models;
using C10k.Tests.Harness.Trials;
using C10k.Tests.Support;

namespace C10k.Tests.Fuzz;

/// <summary>Everything that reads what others wrote. A new one is an entry here.</summary>
internal static class FuzzTargets
{
    private static readonly RootCommand Bench = HarnessCommand.Create();
    private static readonly RootCommand Load = LoadCommand.Create();

    private static readonly AgentCatalogue Agents = new(
        "Servers",
        arguments => ServerHost.WhyNot(arguments, Catalogue.Models)
    );

    private static readonly string[] Folders = [DamagedFolder.Whole, DamagedFolder.Edited];

    private static readonly ModelInfo[] Models =
    [
        Planned.Model("epoll-level"),
        Planned.Model("poll"),
        Planned.Model("prefork", "processes", Parameter.Number("workers", "64", "Workers.", 1, 10_000)),
        Planned.Model("hybrid", "processes", Parameter.Choice("listener", "shared", "Which.", "shared", "reuseport")),
    ];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("run-bench.sh run", 4_000, Examples.Runs, Plan, typeof(UsageException)),
        new("run-bench.sh, other commands", 4_000, Examples.OtherCommands, Command, typeof(UsageException)),
        // A damaged host name is asked for in the network, which takes its time.
        new("LoadGen", 1_000, Examples.Loads, MakeLoad, typeof(UsageException)),
        new("Servers", 3_000, Examples.Servings, Serve, typeof(UsageException)),
        new("orders to an agent", 3_000, Examples.AgentOrders, OrderAgent, typeof(JsonException), typeof(AgentRefusal)),
        new(
            "events of an agent",
            4_000,
            Examples.AgentEvents,
            text => AgentChild.Parse(Encoding.UTF8.GetBytes(text)),
            typeof(JsonException)
        ),
        new("model references", 15_000, Examples.References, Resolve, typeof(UsageException)),
        new(
            "lists of models",
            2_000,
            [ModelList.ToJson(Models)],
            text => ModelList.FromJson(text),
            typeof(JsonException)
        ),
        new(
            "orders to the load generator",
            10_000,
            Examples.Orders,
            text => LoadMessages.ParseOrder(text),
            typeof(FormatException)
        )
        {
            Print = AsItStands,
        },
        new(
            "answers of the load generator",
            4_000,
            Examples.Answers,
            text => LoadMessages.ParseAnswer(text),
            typeof(FormatException)
        )
        {
            Print = AsItStands,
        },
        new("wrk's figures", 2_000, [WrkOutputTests.Quiet], text => _ = WrkOutput.TryParse(text)),
        new("READY", 15_000, ["READY 127.0.0.1:43127"], text => _ = ReadyLine.TryParse(text, out _)),
        new("durations", 15_000, ["1.5s", "50us", "2m"], text => _ = Quantities.TryParseDuration(text, out _)),
        new("sizes", 15_000, ["64", "16k", "1g"], text => _ = Quantities.TryParseSize(text, out _)),
        new("the journal", 1_500, Examples.Journal, Replay),
        new(
            "summary.csv",
            1_000,
            [Examples.Csv(C10k.Tests.Harness.Results.Rows.Measured())],
            Csv<SummaryRow>,
            typeof(IOException)
        ),
        new("windows.csv", 1_000, [Examples.Windows], Csv<WindowRow>, typeof(IOException)),
        new(
            "workload files",
            2_000,
            Examples.Workloads,
            text => InFile(text, WorkloadFile.Read),
            typeof(UsageException)
        ),
        new("server.json", 4_000, Examples.ServerFiles, text => InFile(text, ServerFile.Read), typeof(UsageException)),
        new("servers on the command line", 4_000, Examples.ServerTexts, ReadServerText, typeof(UsageException)),
        new("a folder of results, to report", 200, Folders, DamagedFolder.Report, typeof(IOException)),
        new("a folder of results, to compare", 80, Folders, DamagedFolder.Compare, typeof(UsageException)),
        new(
            "a folder of results, to resume",
            60,
            [DamagedFolder.Whole],
            DamagedFolder.Resume,
            typeof(UsageException),
            typeof(IOException)
        ),
        new("environment.json, to resume", 1_000, Examples.Environments, Resume, typeof(UsageException)),
        new("environment.json, to report", 1_000, Examples.Environments, text => InFile(text, EnvironmentFacts.Read)),
        new(
            "environment.json, to compare",
            1_000,
            Examples.Environments,
            text => InFile(text, EnvironmentDifferences.Read),
            typeof(IOException)
        ),
        .. ConversationCatalogue.Ids.Select(name => new FuzzTarget(
            $"the conversation {name}",
            2_000,
            Examples.Talks,
            text => Converse(name, text)
        )),
    ];

    /// <summary>Inputs that failed once, and never must again.</summary>
    public static IReadOnlyList<(string Target, string Input)> Found { get; } =
    [
        ("the journal", Examples.Journal[0].Replace("\"histogram\":\"", "\"histogram\":\"x", StringComparison.Ordinal)),
        (
            "environment.json, to resume",
            """{"arguments": ["--models", "poll"], "seed": 1e999, "bench_version": "0.1.0", "commit": null}"""
        ),
    ];

    // What it says in a message is printed by others, who add nothing that would make it one line.
    private static string AsItStands(string message) => message;

    private static ParseResult Parse(RootCommand root, string line)
    {
        var (parsed, mistake) = CommandLineProgram.Parse(root, line.Split(' '));
        return parsed ?? throw new UsageException(mistake!);
    }

    private static void Plan(string line)
    {
        var parsed = Parse(Bench, line);
        if (parsed.CommandResult.Command.Name == "run")
            RunOptions.MakePlan(parsed, Models, RunMachines.One(Planned.NoLimits)).Estimate();
    }

    private static void Command(string line)
    {
        var parsed = Parse(Bench, line);
        if (parsed.CommandResult.Command.Name == "capacity")
            RunOptions.MakeCapacity(parsed, [Planned.Variant("poll")], RunMachines.One(Planned.NoLimits));
    }

    private static void MakeLoad(string line)
    {
        var parsed = Parse(Load, line);
        if (parsed.CommandResult.Command == Load)
            LoadArguments.Read(parsed);
    }

    private static void Serve(string line)
    {
        if (ServerHost.WhyNot(line.Split(' '), Catalogue.Models) is { } mistake)
            throw new UsageException(mistake);
    }

    // As far as it would be started.
    private static void OrderAgent(string text)
    {
        if (JsonSerializer.Deserialize(text, AgentJson.Default.StartRequest) is { } order)
            _ = Agents.Check(order, CpuSet.Allowed, IPAddress.Loopback);
    }

    private static void Resolve(string text)
    {
        foreach (var variant in ModelSelection.Select(Models, text))
            _ = (variant.UsesCpus(CpuSet.Allowed), variant.ServesAtOnce(CpuSet.Allowed));
    }

    private static void Replay(string line) => JournalEntry.TryParse(line)?.TryToTrial(Planned.Case());

    private static void Csv<T>(string text) =>
        RowImporter.Read<T>(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a file");

    private static void ReadServerText(string text)
    {
        if (ServerText.IsOne(text))
            ServerText.Read(text);
    }

    private static void Resume(string text)
    {
        using var folder = new C10k.Tests.Harness.TemporaryFolder();
        File.WriteAllText(folder["environment.json"], text);
        ResumedRun.Open(folder.FullPath, Bench);
    }

    private static void InFile<T>(string text, Func<string, T> read)
    {
        using var folder = new C10k.Tests.Harness.TemporaryFolder();
        File.WriteAllText(folder["file.json"], text);
        read(folder["file.json"]);
    }

    // Bulk answers with as many bytes as it is asked for: a server sends them piece by piece, and so does nobody here.
    private static void Converse(string name, string text)
    {
        var exchange = new Exchange(ConversationCatalogue.Find(name)());
        var reply = new ArrayBufferWriter<byte>();
        var step = exchange.Feed(Encoding.UTF8.GetBytes(text), reply);
        for (var pieces = 0; step.Kind == StepKind.More && pieces < 100; pieces++)
        {
            reply.ResetWrittenCount();
            step = exchange.Resume(reply);
        }
    }
}
