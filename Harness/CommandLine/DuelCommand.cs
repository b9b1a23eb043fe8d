using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using C10k.CommandLine;
using C10k.Conversations;
using C10k.Harness.Comparing;
using C10k.Harness.External;
using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Hosting;
using C10k.Nodes;

namespace C10k.Harness.CommandLine;

/// <summary>Two models in turn, until it is known well enough which is the faster one, or a time is over.</summary>
internal static class DuelCommand
{
    private const string ForeignName = "baseline-server";
    private const double Near = 0.02;

    private static readonly Argument<string[]> Models = new("models")
    {
        Description = "Two models; or one, beside --baseline-server.",
        Arity = new ArgumentArity(1, 2),
    };
    private static readonly Option<string?> BaselineServer = new("--baseline-server")
    {
        Description =
            "A command that starts another server, in the place of the first model: '/old/Servers epoll-level'. "
            + "It gets --port and --conversation, and has to keep to docs/process-contract.md.",
    };
    private static readonly Option<double?> Within = OptionOf.OptionalShare(
        "--within",
        "How far the interval of the ratio may reach to either side; 2% by default."
    );
    private static readonly Option<TimeSpan> Budget = OptionOf.Duration(
        "--budget",
        "How long it may take.",
        TimeSpan.FromMinutes(5),
        TimeSpan.FromSeconds(1)
    );

    public static Command Create()
    {
        var duel = new Command("duel", "Two models in turn, until it is known which is faster.")
        {
            Models,
            BaselineServer,
            Within,
            Budget,
        };
        RunOptions.AddToDuel(duel);
        AgentArguments.AddTo(duel);
        duel.SetAction(Execute);
        return duel;
    }

    private static int Execute(ParseResult parsed)
    {
        var limits = MachineLimits.Read();
        var servers = Executables.Find("Servers");
        using var agents = AgentArguments.Connect(parsed);
        var machines = agents?.Machines(limits) ?? RunMachines.One(limits);
        var (first, second) = Choose(parsed, agents?.Models(servers) ?? ModelCatalogue.Load(servers));
        if (machines.ServerIsAgents && first.Server is not null)
            throw new UsageException(
                "--baseline-server is for this machine: an agent starts the models of its own list and nothing else"
            );
        var budget = parsed.GetValue(Budget);
        var plan = FitInto(budget, RunOptions.MakeDuel(parsed, [first, second], machines));
        TellIfTooShort(budget, plan);
        var folder = RunFolder.Open(RunOptions.OutputFolder(parsed));
        var within = parsed.GetValue(Within) ?? Near;
        var begin = Stopwatch.GetTimestamp();
        var exitCode = RunCommand.Run(
            plan,
            folder,
            RunCommand.Describe(plan, parsed, limits, agents),
            resumed: null,
            recorder =>
                Stopwatch.GetElapsedTime(begin) >= budget || Margins(plan, recorder).All(margin => margin <= within),
            agents
        );
        // On a full disk there may be nothing yet to tell of; that it is full was told.
        if (File.Exists(folder.WindowsCsv))
        {
            foreach (var line in Describe(RunFiles.Read(folder.FullPath), first.Name, second.Name))
                Console.WriteLine(line);
        }
        return exitCode;
    }

    private static (ModelVariant First, ModelVariant Second) Choose(
        ParseResult parsed,
        IReadOnlyList<ModelInfo> catalogue
    )
    {
        var asked = parsed.GetRequiredValue(Models);
        var foreign = parsed.GetValue(BaselineServer);
        var named = ForeignOptions.Select(catalogue, string.Join(',', asked), parsed);
        if (named.Count != (foreign is null ? 2 : 1))
            throw new UsageException(
                foreign is null
                    ? $"a duel takes two models, and {string.Join(' ', asked)} names {named.Count}"
                    : $"beside --baseline-server a duel takes one model, and {string.Join(' ', asked)} names {named.Count}"
            );
        return foreign is null ? (named[0], named[1]) : (Foreign(foreign), named[0]);
    }

    /// <summary>The server that a command starts.</summary>
    internal static ModelVariant Foreign(string command)
    {
        if (CommandWords.Split(command) is not { Count: > 0 } words)
            throw new UsageException($"--baseline-server takes a command, not '{command}'");
        if (Executables.OnPath(words[0]) is null && !File.Exists(words[0]))
            throw new UsageException($"--baseline-server: there is no program {words[0]}");
        // Whoever brings a server along knows what it can do.
        var info = new ModelInfo(ForeignName, ServerFile.DefaultFamily, command, "whoever started this run")
        {
            Conversations = [.. ConversationCatalogue.Ids],
            Works = true,
            TakesCommands = true,
        };
        return ForeignServers.ToModel(
            new ServerDefinition(
                info,
                [.. words, Placeholders.ContractArgument],
                Directory.GetCurrentDirectory(),
                "--baseline-server"
            )
            {
                Ready = Readiness.Contract,
                Asked = ToServerText(command),
            }
        );
    }

    // By which a run, which has no --baseline-server, repeats a case of it.
    private static string ToServerText(string command) =>
        $"name={ForeignName},ready=contract,conversations={string.Join('+', ConversationCatalogue.Ids)},cmd={command} {Placeholders.ContractArgument}";

    // As many rounds as fit by the estimate, and as many as a word needs, should they take less; the budget is looked at after each.
    private static Plan FitInto(TimeSpan budget, Plan plan)
    {
        var oneRound = (plan with { Settings = plan.Settings with { Rounds = 1 } }).Estimate();
        var rounds = oneRound > TimeSpan.Zero ? (int)Math.Min(1000, budget / oneRound) : 1;
        return new Plan(plan.Cases, plan.Settings with { Rounds = Math.Max(Comparison.FewestRounds, rounds) });
    }

    // So many rounds are planned at least, and the estimate is of all that are.
    private static void TellIfTooShort(TimeSpan budget, Plan plan)
    {
        if (plan.Estimate() > budget)
            Console.Error.WriteLine(
                $"--budget {Quantities.Format(budget)} ends before {Comparison.FewestRounds} rounds, which a word takes: expect an undecided duel"
            );
    }

    /// <summary>
    /// How far the interval of each ratio reaches: one for each workload and number of clients that both models can run. Null where there
    /// are too few rounds for an interval, which is never narrow enough.
    /// </summary>
    internal static IEnumerable<double?> Margins(Plan plan, RunRecorder recorder) =>
        from cases in plan.Runnable.GroupBy(planned => (planned.Workload.Id, planned.Clients))
        let figures = cases.Select(recorder.Throughput).ToList()
        where figures.Count == 2
        select figures.TrueForAll(one => one.Count >= Comparison.FewestRounds)
            ? Comparison.Of(figures[0], figures[1]).Margin
            : null;

    /// <summary>What came out, a line for each pair of cases; which workload it was is told where there are several.</summary>
    internal static IEnumerable<string> Describe(RunFiles run, string first, string second)
    {
        var figures = RoundFigures.Throughput(run.Windows);
        var several = run.Cases.Keys.Select(key => key.Workload).Distinct().Count() > 1;
        return from key in run.Cases.Keys
            where key.Model == second
            orderby key.Workload, key.Clients
            let a = figures[key with { Model = first }].ToList()
            let b = figures[key].ToList()
            where a.Count > 0 && b.Count > 0
            select (several ? $"{key.Workload}, " : "") + Describe(key, first, a, b);
    }

    private static string Describe(CaseKey key, string first, List<double> a, List<double> b)
    {
        var comparison = Comparison.Of(a, b);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Clients:N0} clients: {key.Model} answers {comparison.Ratio:0.000} requests for each of {first} ({Interval(comparison)}, p {comparison.PValue:0.0000}, {a.Count} and {b.Count} rounds): {ComparisonText.Word(comparison.Word)}"
        );
    }

    private static string Interval(Comparison comparison) =>
        comparison is { Low: { } low, High: { } high }
            ? string.Create(CultureInfo.InvariantCulture, $"95 % {low:0.000} to {high:0.000}")
            : "too few rounds for an interval";
}
