using System.CommandLine;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Harness.Collecting;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Terminal;
using C10k.Harness.Trials;

namespace C10k.Harness.CommandLine;

/// <summary>Plans, says what will happen, runs, and shows what came out.</summary>
internal static class RunCommand
{
    public static int Execute(ParseResult parsed)
    {
        var limits = MachineLimits.Read();
        var servers = Executables.Find("Servers");
        var plan = RunOptions.MakePlan(parsed, ModelCatalogue.Load(servers), limits);
        var folder = RunFolder.Open(RunOptions.OutputFolder(parsed));
        using var log = RunLog.AppendTo(folder.Log, TimeProvider.System);
        using var signals = new InterruptSignals();

        var environment = RunEnvironment.Read(plan.Settings, limits, TimeProvider.System.GetUtcNow());
        File.WriteAllText(folder.EnvironmentJson, environment.ToJson());

        RunOutcome outcome;
        using (var display = Consoles.OpenDisplay())
        using (var launcher = new ProcessLauncher(log))
        {
            RunFolder.PointLatest(folder, display, log);
            Announce(plan, display);
            var trials = MakeTrials(plan, servers, launcher, log, display);
            outcome = new RunSession(plan, folder, trials, display).Run(signals.Token);
            ReportCommand.AtEndOf(plan, folder, display);
        }
        Show(outcome.Rows, folder);
        return Judge(outcome.Rows, signals.Token);
    }

    private static TrialEnvironment MakeTrials(
        Plan plan,
        string servers,
        IProcessLauncher launcher,
        RunLog log,
        IRunDisplay display
    ) =>
        new(
            launcher,
            servers,
            Executables.Find("LoadGen"),
            plan.Settings,
            serverPid => new TrialWatch(serverPid),
            ServerProbe.Check,
            TimeProvider.System,
            log,
            display.Phase
        );

    private static void Announce(Plan plan, IRunDisplay display)
    {
        var settings = plan.Settings;
        foreach (var skipped in plan.Cases.Where(planned => planned.SkipReason is not null))
            display.Note($"{skipped}: skipped: {skipped.SkipReason}");
        if (settings.ServerCpus.Cpus.Intersect(settings.LoadCpus.Cpus).Any())
            display.Note(
                $"server and load share CPUs ({settings.ServerCpus} and {settings.LoadCpus}): they disturb each other"
            );
        display.Note(
            $"{plan.Runnable.Count} cases, {settings.Rounds} round(s) of {settings.Windows} × {Quantities.Format(settings.Window)}, "
                + $"server on CPU {settings.ServerCpus}, load on CPU {settings.LoadCpus}, seed {settings.Seed}: "
                + $"about {DisplayText.Left(plan.Estimate())}"
        );
    }

    private static void Show(IReadOnlyList<SummaryRow> rows, ResultsFolder folder)
    {
        Consoles.Output.Write(SummaryTable.Make(rows, Consoles.Output.Profile.Width));
        // Not through Spectre, which would break a path in two.
        foreach (var reason in SummaryTable.Reasons(rows))
            Console.WriteLine(reason);
        Console.WriteLine($"report:  {folder.ReportHtml}");
        Console.WriteLine($"charts:  {folder.Charts}");
        Console.WriteLine($"figures: {folder.SummaryCsv}");
    }

    private static int Judge(IReadOnlyList<SummaryRow> rows, CancellationToken interrupted)
    {
        if (interrupted.IsCancellationRequested)
            return ExitCode.Interrupted;
        return rows.Any(row => row.Status == CaseStatus.Failed) ? ExitCode.Failure : ExitCode.Success;
    }
}
