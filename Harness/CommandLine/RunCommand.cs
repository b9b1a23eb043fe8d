using System.CommandLine;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Terminal;
using C10k.Harness.Trials;
using C10k.Nodes;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Harness.CommandLine;

/// <summary>Plans, says what will happen, runs, and shows what came out.</summary>
internal static class RunCommand
{
    private const string Interrupted =
        "interrupted: a window that has begun is finished, and everything is written; once more ends it at once";

    public static int Execute(ParseResult parsed)
    {
        var limits = MachineLimits.Read();
        var servers = Executables.Find("Servers");
        var resumed = RunOptions.ResumeFolder(parsed) is { } path
            ? ResumedRun.Open(path, (RootCommand)parsed.RootCommandResult.Command)
            : null;
        var options = resumed?.Options ?? parsed;
        using var agents = AgentArguments.Connect(options);
        resumed?.RequireAgents(agents?.Facts ?? []);
        var plan = RunOptions.MakePlan(
            options,
            agents?.Models(servers) ?? ModelCatalogue.Load(servers),
            agents?.Machines(limits) ?? RunMachines.One(limits),
            resumed?.Seed
        );
        var folder = resumed?.Folder ?? RunFolder.Open(RunOptions.OutputFolder(options));
        return Run(plan, folder, Describe(plan, options, limits, agents), resumed, enough: null, agents);
    }

    /// <summary>Everything that the figures of a run depend on.</summary>
    /// <param name="agents">Where its sides run on other machines; null where both run here.</param>
    public static RunEnvironment Describe(
        RunSettings settings,
        ParseResult options,
        MachineLimits limits,
        AgentParties? agents,
        IEnumerable<ModelVariant> models
    ) =>
        RunEnvironment.Read(settings, limits, TimeProvider.System.GetUtcNow()) with
        {
            Arguments = [.. options.Tokens.Select(token => token.Value)],
            Agents = agents?.Facts ?? [],
            AgentOptions = AgentArguments.Words(options),
            Servers = ServersOf(models),
            WorkerBuild = models.Select(model => model.Info.WorkerBuild).FirstOrDefault(build => build is not null),
        };

    /// <inheritdoc cref="Describe(RunSettings, ParseResult, MachineLimits, AgentParties?, IEnumerable{ModelVariant})"/>
    public static RunEnvironment Describe(Plan plan, ParseResult options, MachineLimits limits, AgentParties? agents) =>
        Describe(plan.Settings, options, limits, agents, plan.Models) with
        {
            Workloads = FilesOf(plan.Cases.Select(planned => planned.Workload)),
            FileHashes = HashesOf(plan),
        };

    /// <summary>Runs a plan, shows and draws what came out of it.</summary>
    /// <param name="enough">Asked after each round whether further ones are needless; null where all are run.</param>
    /// <param name="agents">Where its sides run on other machines.</param>
    public static int Run(
        Plan plan,
        ResultsFolder folder,
        RunEnvironment environment,
        ResumedRun? resumed,
        Func<RunRecorder, bool>? enough,
        AgentParties? agents = null
    )
    {
        using var claim = FolderClaim.Take(folder);
        try
        {
            return RunInto(folder, plan, environment, resumed, enough, agents);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Of a duel there is no going on: its end depends on what its rounds have shown.
            var next = enough is null ? $"go on with --resume {folder.FullPath}" : "start it again";
            Console.Error.WriteLine(
                $"run-bench: results cannot be written: {Printable.Line(unwritable.Message)}. "
                    + $"What was measured before is on disk; mend that, and {next}"
            );
            return ExitCode.Failure;
        }
    }

    private static int RunInto(
        ResultsFolder folder,
        Plan plan,
        RunEnvironment environment,
        ResumedRun? resumed,
        Func<RunRecorder, bool>? enough,
        AgentParties? agents
    )
    {
        using var log = RunLog.AppendTo(folder.Log, TimeProvider.System);
        using var signals = new InterruptSignals();
        if (resumed is null)
        {
            WholeFile.Write(folder.EnvironmentJson, environment.ToJson());
            CsvFile.Rewrite(folder.ModelsCsv, ModelRows.Of(plan));
            CsvFile.Rewrite(folder.WorkloadsCsv, WorkloadRows.Of(plan));
        }

        RunOutcome outcome;
        bool reported;
        using (var display = Consoles.OpenDisplay())
        using (var launcher = new ProcessLauncher(log.Write, adoptsOrphans: true))
        {
            using var told = signals.Token.Register(() => display.Note(Interrupted));
            RunFolder.PointLatest(folder, display, log);
            foreach (var warning in resumed?.Warnings(environment) ?? [])
                display.Note(warning);
            foreach (var (address, facts) in environment.Agents)
                display.Note($"{facts.Program} on {facts.Host}, CPUs {facts.Cpus}: agent {address}");
            Announce(plan, environment.Limits, display, resumed is not null);
            var trials = MakeTrials(plan.Settings, launcher, log, display.Phase, agents);
            outcome = new RunSession(plan, folder, trials, display, enough).Run(signals.Token);
            EnvironmentFile.Set(folder.EnvironmentJson, "sampling", LookCost.ToJson());
            reported = ReportCommand.AtEndOf(folder, display);
        }
        RunSummary.Show(outcome.Rows, folder, reported);
        return Judge(outcome.Rows, reported, signals.Token);
    }

    /// <summary>What trials of real processes need.</summary>
    public static TrialEnvironment MakeTrials(
        RunSettings settings,
        ProcessLauncher launcher,
        RunLog log,
        Action<string> showPhase,
        AgentParties? agents = null
    )
    {
        var seed = ServerProbe.RandomSeed();
        log.Write($"probes have seed {seed}");
        return new TrialEnvironment(
            Nodes(settings, launcher, agents, log),
            Executables.Find("Servers"),
            Executables.Find("LoadGen"),
            settings,
            (planned, endPoint, effort, stop) => ServerProbe.Of(planned, seed).Check(endPoint, effort, stop),
            TimeProvider.System,
            log,
            showPhase
        )
        {
            EndOrphans = launcher.EndOrphans,
        };
    }

    /// <summary>What <c>--server</c> named, by name, so that a case can be repeated.</summary>
    private static Dictionary<string, string> ServersOf(IEnumerable<ModelVariant> models) =>
        models
            .Select(model => model.Server)
            .OfType<ServerDefinition>()
            .Where(server => server.Asked is not null)
            .DistinctBy(server => server.Name)
            .ToDictionary(server => server.Name, server => server.Asked!);

    private static Dictionary<string, string> FilesOf(IEnumerable<Workload> workloads) =>
        workloads
            .Where(workload => workload.File is not null)
            .DistinctBy(workload => workload.Id)
            .ToDictionary(workload => workload.Id, workload => workload.File!);

    private static Dictionary<string, string> HashesOf(Plan plan)
    {
        var servers = plan.Models.Select(model => (File: model.Server?.Asked, Hash: model.Server?.FileHash));
        var workloads = plan.Cases.Select(planned => (planned.Workload.File, Hash: planned.Workload.FileHash));
        return servers
            .Concat(workloads)
            .Where(one => one.File is not null && one.Hash is not null)
            .DistinctBy(one => one.File)
            .ToDictionary(one => one.File!, one => one.Hash!);
    }

    private static BenchNodes Nodes(RunSettings settings, IProcessLauncher launcher, AgentParties? agents, RunLog log)
    {
        var watched = new WatchedCpus(settings.ServerCpus, settings.SidesAreApart ? null : settings.LoadCpus);
        var local = new BenchNodes(
            new LocalNode(launcher, settings.ServerCpus, watched),
            [new LocalNode(launcher, settings.LoadCpus, watched)]
        );
        return agents?.Nodes(local, log.Write) ?? local;
    }

    private static void Announce(Plan plan, MachineLimits limits, IRunDisplay display, bool resumed)
    {
        var settings = plan.Settings;
        foreach (var skipped in plan.Cases.Where(planned => planned.SkipReason is not null))
            display.Note($"{skipped}: skipped: {skipped.SkipReason}");
        if (settings.SidesShareCpus)
            display.Note(
                $"server and load share CPUs ({settings.ServerCpus} and {settings.LoadCpus}): they disturb each other"
            );
        if (Checkup.IsThrottled(limits, settings.ServerCpus.Cpus.Union(settings.LoadCpus.Cpus).Count()))
            display.Note(
                $"the control group has {limits.Group.Cpus:0.##} CPU seconds a second for CPUs {settings.ServerCpus} and {settings.LoadCpus}: both sides are halted whenever they are used up; see run-bench.sh doctor"
            );
        display.Note(
            $"{Many(plan.Runnable.Count, "case")}, {Many(settings.Rounds, "round")} of {settings.Windows} × {Quantities.Format(settings.Window)}, "
                + $"server on CPU {settings.ServerCpus}, load on CPU {settings.LoadCpus}, seed {settings.Seed}: "
                + $"about {DisplayText.Left(plan.Estimate())}"
                + (resumed ? " in all, with what was measured before" : "")
        );
    }

    private static string Many(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    internal static int Judge(IReadOnlyList<SummaryRow> rows, bool reported, CancellationToken interrupted)
    {
        if (interrupted.IsCancellationRequested)
            return ExitCode.Interrupted;
        return reported && rows.All(row => row.Status != CaseStatus.Failed) ? ExitCode.Success : ExitCode.Failure;
    }
}
