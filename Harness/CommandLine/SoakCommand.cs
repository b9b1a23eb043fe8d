using System.CommandLine;
using System.Globalization;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Soaking;
using C10k.Harness.Trials;
using C10k.Nodes;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Harness.CommandLine;

/// <summary>Lets clients come and go for long, and says what a server has more of in the end than it had early on, and what it lost.</summary>
internal static class SoakCommand
{
    private const int Windows = 20;
    private const string Default = "epoll-level,async,thread-per-connection,prefork";

    private static readonly Option<string> Models = new("--models")
    {
        Description = $"The models, as --models of a run takes them; {Default} by default.",
        DefaultValueFactory = _ => Default,
    };
    private static readonly Option<int> Clients = OptionOf.Count(
        "--clients",
        "How many clients there are.",
        1000,
        1,
        Bounds.MostClients
    );
    private static readonly Option<TimeSpan> For = OptionOf.Duration(
        "--for",
        "How long all of it takes, such as 10m or 1h.",
        TimeSpan.FromHours(1),
        TimeSpan.FromSeconds(2)
    );
    private static readonly Option<int> RequestsPerConnection = OptionOf.Count(
        "--requests-per-connection",
        "After how many requests a client takes a new connection.",
        20,
        1,
        1_000_000
    );

    public static Command Create()
    {
        var soak = new Command("soak", "Let clients come and go for long: nothing may grow, and no reply be lost.")
        {
            Models,
            Clients,
            For,
            RequestsPerConnection,
        };
        AgentArguments.AddTo(soak);
        soak.SetAction(Execute);
        return soak;
    }

    private static int Execute(ParseResult parsed)
    {
        var limits = MachineLimits.Read();
        var servers = Executables.Find("Servers");
        using var agents = AgentArguments.Connect(parsed);
        var machines = agents?.Machines(limits) ?? RunMachines.One(limits);
        var models = ModelSelection.Select(
            agents?.Models(servers) ?? ModelCatalogue.Load(servers),
            parsed.GetValue(Models)
        );
        var settings = machines.Adapt(Settings(parsed.GetValue(For) / models.Count));
        var preflight = new Preflight(machines, settings.ServerCpus);
        var folder = RunFolder.Open(asked: null);
        using var claim = FolderClaim.Take(folder);
        using var log = RunLog.AppendTo(folder.Log, TimeProvider.System);
        using var signals = new InterruptSignals();
        using var launcher = new ProcessLauncher(log.Write, adoptsOrphans: true);
        var trials = RunCommand.MakeTrials(settings, launcher, log, _ => { }, agents);
        var workload = WorkloadCatalogue.All.First(candidate => candidate.Id == "churn") with
        {
            RequestsPerConnection = parsed.GetValue(RequestsPerConnection),
        };
        var isWhole = true;
        foreach (var model in models)
        {
            var planned = new PlannedCase(model, workload, parsed.GetValue(Clients));
            if (preflight.WhyNot(model, workload, planned.Clients) is { } reason)
            {
                Console.WriteLine($"{model.Name}: skipped: {reason}");
                continue;
            }
            if (Soak(planned, trials, signals.Token) is not { } faults)
                return ExitCode.Interrupted;
            isWhole &= faults.Count == 0;
        }
        Console.WriteLine($"log: {folder.Log}");
        return isWhole ? ExitCode.Success : ExitCode.Failure;
    }

    // Null where it was interrupted.
    private static IReadOnlyList<string>? Soak(PlannedCase planned, TrialEnvironment trials, CancellationToken stop)
    {
        try
        {
            var trial = new Trial(trials, planned, round: 1, stop).Run();
            var faults = SoakJudge.Faults(trial);
            Console.WriteLine(
                $"{planned.Model.Name}: {(faults.Count == 0 ? "ok" : string.Join("; ", faults))}; {Describe(trial)}"
            );
            return trial.Interrupted ? null : faults;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static string Describe(TrialResult trial)
    {
        var connections = trial.Windows.Sum(window => window.Report.Connections);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{trial.Requests:N0} requests, {connections:N0} connections, {Range(trial, MetricIds.RssMb)} MiB, {Range(trial, MetricIds.Descriptors)} descriptors"
        );
    }

    private static string Range(TrialResult trial, string metric)
    {
        var values = trial
            .Metrics.Where(value => value.MetricId == metric)
            .Select(value => value.Value)
            .OfType<double>()
            .ToList();
        return values.Count == 0
            ? "unknown"
            : string.Create(CultureInfo.InvariantCulture, $"{values.Min():0} to {values.Max():0}");
    }

    private static RunSettings Settings(TimeSpan each)
    {
        var (server, load) = CpuSet.Allowed.Halve();
        return new RunSettings
        {
            Rounds = 1,
            Windows = Windows,
            Window = each / Windows,
            WarmUp = TimeSpan.Zero,
            MessageBytes = 64,
            ServerCpus = server,
            LoadCpus = load,
            Seed = 0,
        };
    }
}
