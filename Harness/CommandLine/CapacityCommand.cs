using System.CommandLine;
using System.Globalization;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Harness.Capacity;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Trials;
using C10k.Nodes;
using C10k.Nodes.Processes;

namespace C10k.Harness.CommandLine;

/// <summary>How much a model can carry: the highest rate within a service level, and the most clients.</summary>
internal static class CapacityCommand
{
    // Nearly every server does so much, and a search that begins there is short.
    private const int FirstRate = 100;
    private const int FirstClients = 10;

    private const int MostRate = 10_000_000;
    private const int Least = 1;
    private const double Precision = 0.05;

    private static readonly Argument<string[]> Models = new("models")
    {
        Description = "The models, as --models of a run takes them.",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<TimeSpan> Slo = OptionOf.Duration(
        "--slo",
        "The service level: how long the 99th percentile of the response time may be.",
        TimeSpan.FromMilliseconds(10),
        TimeSpan.FromMicroseconds(1)
    );
    private static readonly Option<int> Clients = OptionOf.Count(
        "--clients",
        "How many clients share the rate.",
        1000,
        1,
        Bounds.MostClients
    );
    private static readonly Option<int> Repeats = OptionOf.Count(
        "--repeats",
        "How often an answer has to hold again before it is believed.",
        2,
        0,
        100
    );

    public static Command Create()
    {
        var capacity = new Command("capacity", "Find the highest rate within a service level, and the most clients.")
        {
            Models,
            Slo,
            Clients,
            Repeats,
        };
        RunOptions.AddToCapacity(capacity);
        AgentArguments.AddTo(capacity);
        capacity.SetAction(Execute);
        return capacity;
    }

    private static int Execute(ParseResult parsed)
    {
        var limits = MachineLimits.Read();
        var servers = Executables.Find("Servers");
        using var agents = AgentArguments.Connect(parsed);
        var machines = agents?.Machines(limits) ?? RunMachines.One(limits);
        var catalogue = agents?.Models(servers) ?? ModelCatalogue.Load(servers);
        var models = ForeignOptions.Select(catalogue, string.Join(',', parsed.GetRequiredValue(Models)), parsed);
        var (workload, settings) = RunOptions.MakeCapacity(parsed, models, machines);
        var folder = RunFolder.Open(RunOptions.OutputFolder(parsed));
        using var claim = FolderClaim.Take(folder);
        var environment = RunCommand.Describe(settings, parsed, limits, agents, models);
        WholeFile.Write(folder.EnvironmentJson, environment.ToJson());
        using var log = RunLog.AppendTo(folder.Log, TimeProvider.System);
        using var signals = new InterruptSignals();
        using var launcher = new ProcessLauncher(log.Write, adoptsOrphans: true);
        using var file = CsvFile.Open<CapacityRow>(folder.CapacityCsv);
        var trials = RunCommand.MakeTrials(settings, launcher, log, _ => { }, agents);
        var preflight = new Preflight(machines, settings.ServerCpus);
        var display = new CapacityDisplay(Console.Error);
        display.Begin(OneTry(new PlannedCase(models[0], workload, parsed.GetValue(Clients)), settings));
        var all = true;
        try
        {
            foreach (var model in models)
                all &= Search(parsed, model, workload, preflight, trials, Tell, signals.Token);
        }
        catch (OperationCanceledException)
        {
            display.Interrupt();
            return ExitCode.Interrupted;
        }
        finally
        {
            Console.WriteLine($"tries: {folder.CapacityCsv}");
        }
        return all ? ExitCode.Success : ExitCode.Failure;

        void Tell(CapacityRow row)
        {
            file.Append([row]);
            display.Tell(row);
        }
    }

    private static TimeSpan OneTry(PlannedCase planned, RunSettings settings) =>
        new Plan([planned], settings with { Rounds = 1 }).Estimate();

    // False when the model holds nothing at all.
    private static bool Search(
        ParseResult parsed,
        ModelVariant model,
        Workload workload,
        Preflight preflight,
        TrialEnvironment trials,
        Action<CapacityRow> tell,
        CancellationToken stop
    )
    {
        var (slo, clients, repeats) = (parsed.GetValue(Slo), parsed.GetValue(Clients), parsed.GetValue(Repeats));
        if (preflight.WhyNot(model, workload, clients) is { } reason)
        {
            Console.WriteLine($"{model.Name}: skipped: {reason}");
            return true;
        }
        var tries = new CapacityTrials(trials, model, workload, slo, tell, stop);
        var rate = new CapacitySearch(value => tries.HoldsRate(clients, value), Precision, repeats).Find(
            FirstRate,
            Least,
            MostRate
        );
        Console.WriteLine(
            rate is { } highest
                ? Text(
                    $"{model.Name}: {highest:N0} requests/s of {clients:N0} clients with p99 under {Quantities.Format(slo)}"
                )
                : Text(
                    $"{model.Name}: not even one request/s of {clients:N0} clients with p99 under {Quantities.Format(slo)}"
                )
        );
        var machine = MostOf(count => preflight.WhyNot(model, workload, count) is null);
        var most = new CapacitySearch(tries.HoldsClients, Precision, repeats).Find(
            Math.Min(FirstClients, machine),
            Least,
            machine
        );
        var bound = most >= machine ? $"; more: {preflight.WhyNot(model, workload, machine + 1)}" : "";
        Console.WriteLine(
            most is { } served
                ? Text($"{model.Name}: {served:N0} clients connected and served{bound}")
                : $"{model.Name}: not even one client connected and served"
        );
        return rate is not null && most is not null;
    }

    // The highest number for which it is true; from some number on it is not.
    private static int MostOf(Func<int, bool> isPossible)
    {
        var (possible, impossible) = (Least, Bounds.MostClients + 1);
        while (impossible - possible > 1)
        {
            var middle = possible + (impossible - possible) / 2;
            if (isPossible(middle))
                possible = middle;
            else
                impossible = middle;
        }
        return possible;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
