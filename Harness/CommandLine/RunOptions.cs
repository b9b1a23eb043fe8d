using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Nodes;

namespace C10k.Harness.CommandLine;

/// <summary>The options of a run, and the plan they make.</summary>
internal static partial class RunOptions
{
    private const string DefaultBaseline = "epoll-level";
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMilliseconds(10);

    private static readonly Option<string?> Models = new("--models")
    {
        Description =
            "Ids, globs or families (an id before a family of the same name), with commas; id:key=value for a variant. All by default.",
    };
    private static readonly Option<int[]?> Clients = new("--clients")
    {
        Description = "Numbers of clients, with commas, such as 100,1000,10000.",
        CustomParser = ParseClients,
    };
    private static readonly Option<string> WorkloadIds = new("--workload")
    {
        Description =
            "What the clients do: ids with commas (see list workloads), id:field=value for a variant, a file.json, or all.",
        DefaultValueFactory = _ => "echo",
    };
    private static readonly Option<double?> Rate = OptionOf.OptionalRate(
        "--rate",
        "Open loop: requests per second of all clients together, whether the server keeps up or not."
    );
    private static readonly Option<string> ProfileId = OptionOf.Choice(
        "--profile",
        "How much is measured; workloads where --workload is all.",
        "quick",
        [.. Profile.All.Select(profile => profile.Id)]
    );
    private static readonly Option<int?> Rounds = OptionOf.OptionalCount(
        "--rounds",
        "How often each case is run, with a fresh server each time.",
        1,
        1000
    );
    private static readonly Option<int?> Windows = OptionOf.OptionalCount(
        "--windows",
        "How many windows are measured in each round.",
        1,
        1000
    );
    private static readonly Option<TimeSpan?> Window = OptionOf.OptionalDuration(
        "--window",
        "How long each window is.",
        ShortestWindow
    );
    private static readonly Option<TimeSpan?> WarmUp = OptionOf.OptionalDuration(
        "--warmup",
        "How long load runs before the first window.",
        TimeSpan.Zero
    );
    private static readonly Option<int> Size = OptionOf.Size(
        "--size",
        "The length of each message.",
        64,
        Bounds.LongestMessage
    );
    private static readonly Option<CpuSet?> ServerCpus = Cpus("--server-cpus", "The CPUs of the server, such as 0-3.");
    private static readonly Option<CpuSet?> LoadCpus = Cpus("--load-cpus", "The CPUs of the load generator.");
    private static readonly Option<string?> Baseline = new("--baseline")
    {
        Description = $"The model that others are compared with; {DefaultBaseline} by default.",
    };
    private static readonly Option<int?> Seed = OptionOf.OptionalCount(
        "--seed",
        "Repeats the order of the cases of an earlier run.",
        0,
        int.MaxValue
    );
    private static readonly Option<bool> Syscalls = new("--syscalls")
    {
        Description = "Count the system calls of the server with perf, in a window of its own behind the others.",
    };
    private static readonly Option<string> Load = OptionOf.Choice(
        "--load",
        "Who makes the load. wrk: LoadGen does, and then wrk against the same server, so that both figures stand side by side (workload http).",
        "loadgen",
        ["loadgen", WrkRun.Program]
    );
    private static readonly Option<string?> Output = new("--output")
    {
        Description = "The folder for the results; results/<utc>-<host> by default.",
    };

    private static readonly Option<string?> Resume = new("--resume")
    {
        Description = "Goes on with a run that was broken off: the folder with its results. Takes no other options.",
    };

    // What is asked of every command that measures.
    private static readonly Option[] Common =
    [
        ForeignOptions.Servers,
        WorkloadIds,
        Windows,
        Window,
        WarmUp,
        Size,
        ServerCpus,
        LoadCpus,
        Output,
    ];

    public static void AddTo(Command command) =>
        Add(command, [Models, Clients, Rate, ProfileId, Rounds, .. Common, Baseline, Seed, Syscalls, Load, Resume]);

    /// <summary>Those that mean something where two models run in turn.</summary>
    public static void AddToDuel(Command command) => Add(command, [Clients, Rate, .. Common, Seed]);

    /// <summary>Those that mean something where each try is a measurement of its own.</summary>
    public static void AddToCapacity(Command command) => Add(command, Common);

    private static void Add(Command command, IEnumerable<Option> options)
    {
        foreach (var option in options)
            command.Options.Add(option);
    }

    /// <summary>Whether the CPUs of this machine were dealt out.</summary>
    public static bool NamesCpus(ParseResult parsed) =>
        parsed.GetValue(ServerCpus) is not null || parsed.GetValue(LoadCpus) is not null;

    /// <summary>Whether wrk makes load too.</summary>
    public static bool RunsWrk(ParseResult parsed) => parsed.GetValue(Load) == WrkRun.Program;

    public static string? OutputFolder(ParseResult parsed) => parsed.GetValue(Output);

    /// <summary>The folder of the run that is to be gone on with, or null.</summary>
    /// <exception cref="UsageException">Other options stand beside it.</exception>
    public static string? ResumeFolder(ParseResult parsed)
    {
        var folder = parsed.GetValue(Resume);
        if (folder is not null && parsed.Tokens.Count(token => token.Type == TokenType.Option) > 1)
            throw new UsageException("--resume goes on with the options of that run: leave out the others");
        return folder;
    }

    private static Option<CpuSet?> Cpus(string name, string description) =>
        new(name)
        {
            Description = description,
            CustomParser = result =>
                CpuSet.TryParse(OptionOf.Word(result), out var set)
                && set.Cpus.All(cpu => CpuSet.Allowed.Cpus.Contains(cpu))
                    ? set
                    : OptionOf.Refuse<CpuSet>(
                        result,
                        name,
                        $"takes some of the CPUs {CpuSet.Allowed}, such as 0 or 0-3,8"
                    ),
        };

    private static int[]? ParseClients(ArgumentResult result)
    {
        var counts = new SortedSet<int>();
        foreach (var word in OptionOf.Word(result).Split(','))
        {
            var parsed = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
            if (!parsed || count is < 1 or > Bounds.MostClients)
                return OptionOf.Refuse<int[]>(
                    result,
                    "--clients",
                    $"takes whole numbers from 1 to {Bounds.MostClients}, with commas between them"
                );
            counts.Add(count);
        }
        return [.. counts];
    }
}
