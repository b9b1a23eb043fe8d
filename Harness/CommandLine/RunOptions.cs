using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using C10k.CommandLine;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Hosting;
using C10k.Nodes;

namespace C10k.Harness.CommandLine;

/// <summary>The options of a run, and the plan they make.</summary>
internal static class RunOptions
{
    private const int MaxClients = 1_000_000;
    private const int MaxMessageBytes = 1 << 24;
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
        MaxMessageBytes
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

    /// <exception cref="UsageException">The options do not fit the models or the machine.</exception>
    /// <param name="seed">Where the run has one already.</param>
    public static Plan MakePlan(
        ParseResult parsed,
        IReadOnlyList<ModelInfo> models,
        RunMachines machines,
        int? seed = null
    )
    {
        var profile = ChooseProfile(parsed);
        var variants = ForeignOptions.Select(models, parsed.GetValue(Models), parsed);
        var settings = machines.Adapt(ReadSettings(parsed, profile, variants, seed));
        var cases = Cases(parsed, variants, profile, new Preflight(machines, settings.ServerCpus));
        return new Plan(cases, RunsWrk(parsed) ? WithWrk(settings, cases) : settings);
    }

    private static RunSettings WithWrk(RunSettings settings, List<PlannedCase> cases)
    {
        foreach (var workload in cases.Select(planned => planned.Workload).Distinct())
        {
            if (WrkRun.WhyNot(workload) is { } reason)
                throw new UsageException($"--load {WrkRun.Program} cannot make the workload {workload.Id}: {reason}");
        }
        return settings with { Wrk = WrkRun.Version() };
    }

    /// <summary>A plan of one round; the first of the two models is the baseline.</summary>
    public static Plan MakeDuel(ParseResult parsed, IReadOnlyList<ModelVariant> two, RunMachines machines)
    {
        var settings = machines.Adapt(ReadSettings(parsed, Profile.Duel, two, seed: null));
        var cases = Cases(parsed, two, Profile.Duel, new Preflight(machines, settings.ServerCpus));
        return new Plan(cases, settings with { Baseline = two[0].Name });
    }

    /// <summary>What every try of a search for the capacity has in common.</summary>
    public static (Workload, RunSettings) MakeCapacity(
        ParseResult parsed,
        IReadOnlyList<ModelVariant> models,
        RunMachines machines
    )
    {
        var workloads = WorkloadSelection.Select(parsed.GetValue(WorkloadIds)!);
        return workloads is [var workload]
            ? (workload, machines.Adapt(ReadSettings(parsed, Profile.Capacity, models, seed: 0)))
            : throw new UsageException(
                $"capacity takes one workload, and {parsed.GetValue(WorkloadIds)} names several"
            );
    }

    private static List<PlannedCase> Cases(
        ParseResult parsed,
        IReadOnlyList<ModelVariant> variants,
        Profile profile,
        Preflight preflight
    )
    {
        var cases =
            from workload in WorkloadSelection.Select(parsed.GetValue(WorkloadIds)!, parsed.GetValue(Rate))
            from clients in parsed.GetValue(Clients) is { Length: > 0 } asked ? asked : profile.Clients
            from variant in variants
            select new PlannedCase(variant, workload, clients, preflight.WhyNot(variant, workload, clients));
        return [.. cases];
    }

    // All workloads together have a profile of their own, because they are many.
    private static Profile ChooseProfile(ParseResult parsed)
    {
        var asked = parsed.GetResult(ProfileId) is { Implicit: false };
        return asked || parsed.GetValue(WorkloadIds) != WorkloadSelection.AllOfThem
            ? Profile.All.First(profile => profile.Id == parsed.GetValue(ProfileId))
            : Profile.AllWorkloads;
    }

    private static RunSettings ReadSettings(
        ParseResult parsed,
        Profile profile,
        IReadOnlyList<ModelVariant> variants,
        int? seed
    )
    {
        var (serverCpus, loadCpus) = AssignCpus(parsed.GetValue(ServerCpus), parsed.GetValue(LoadCpus));
        return new RunSettings
        {
            Rounds = parsed.GetValue(Rounds) ?? profile.Rounds,
            Windows = parsed.GetValue(Windows) ?? profile.Windows,
            Window = parsed.GetValue(Window) ?? profile.Window,
            WarmUp = parsed.GetValue(WarmUp) ?? profile.WarmUp,
            MessageBytes = parsed.GetValue(Size),
            ServerCpus = serverCpus,
            LoadCpus = loadCpus,
            Seed = seed ?? parsed.GetValue(Seed) ?? Random.Shared.Next(1_000_000),
            CountSyscalls = parsed.GetValue(Syscalls),
            Baseline = ChooseBaseline(parsed.GetValue(Baseline), variants),
        };
    }

    // Who names one side only gets the other CPUs for the other side, as far as there are any.
    private static (CpuSet Server, CpuSet Load) AssignCpus(CpuSet? server, CpuSet? load)
    {
        var halves = CpuSet.Allowed.Halve();
        return (server, load) switch
        {
            (null, null) => halves,
            (not null, not null) => (server, load),
            (not null, null) => (server, OthersThan(server)),
            (null, not null) => (OthersThan(load), load),
        };
    }

    private static CpuSet OthersThan(CpuSet taken) =>
        CpuSet.Allowed.Except(taken) is { Cpus.Count: > 0 } others ? others : taken;

    private static string? ChooseBaseline(string? asked, IReadOnlyList<ModelVariant> variants)
    {
        var names = variants.Select(variant => variant.Name).ToList();
        if (asked is not null && !names.Contains(asked))
            throw new UsageException(
                $"the baseline '{asked}' is not among the models of this run: {Nearest.Hint(asked, names)}"
            );
        return asked ?? (names.Contains(DefaultBaseline) ? DefaultBaseline : null);
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
            if (!parsed || count is < 1 or > MaxClients)
                return OptionOf.Refuse<int[]>(
                    result,
                    "--clients",
                    $"takes whole numbers from 1 to {MaxClients}, with commas between them"
                );
            counts.Add(count);
        }
        return [.. counts];
    }
}
