using System.CommandLine;
using C10k.Contract;
using C10k.Harness.Benchmarking;
using C10k.Harness.Latencies;
using C10k.Harness.Recording;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Harness.Terminal;

namespace C10k.Harness.CommandLine;

/// <summary>What waiting costs on this machine, from a CPU cycle to a write that has reached the disk.</summary>
internal static class LatenciesCommand
{
    private static readonly Option<string?> Output = new("--output")
    {
        Description =
            "The folder for the results; results/<utc>-<host>-latencies by default. That of a run gets a section in its report.",
    };
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "A rough look: few and short iterations.",
    };

    public static Command Create()
    {
        var latencies = new Command("latencies", "What waiting costs on this machine, measured by micro-benchmarks.")
        {
            Quick,
            Output,
        };
        latencies.SetAction(parsed => Execute(parsed.GetValue(Output), parsed.GetValue(Quick)));
        return latencies;
    }

    private static int Execute(string? output, bool quick)
    {
        var folder = RunFolder.OpenForLatencies(output);
        using var claim = FolderClaim.Take(folder);
        using var log = RunLog.AppendTo(folder.Log, TimeProvider.System);
        using var signals = new InterruptSignals();
        if (!File.Exists(folder.EnvironmentJson))
            EnvironmentFile.WriteMachine(folder.EnvironmentJson, TimeProvider.System.GetUtcNow());
        if (BusyCpus() is { } busy)
            Console.Error.WriteLine(busy);
        var run = new LatencyRun(folder.BenchmarkDotNet, new LogLogger(log), quick);
        Measure(run.Time, folder, signals.Token);
        run.Export();
        var rows = CsvFile.Read<MachineLatencyRow>(folder.LatenciesCsv);
        // Before the page, which may find no room.
        Consoles.Output.Write(LatencyTable.Make(rows));
        foreach (var row in rows.Where(row => row.Reason is not null))
            Console.WriteLine($"{row.Title}: {row.Reason}");
        RunReport.Write(folder, Console.Error.WriteLine);
        Console.WriteLine($"report:  {folder.ReportHtml}");
        Console.WriteLine($"figures: {folder.LatenciesCsv}");
        return signals.Token.IsCancellationRequested ? ExitCode.Interrupted
            : rows.Any(row => row.MedianNs is not null) ? ExitCode.Success
            : ExitCode.Failure;
    }

    private static string? BusyCpus()
    {
        var load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0]);
        return load > Environment.ProcessorCount / 2.0
            ? $"other programs keep the CPUs busy (load {load:0.0} on {Environment.ProcessorCount}): what follows takes longer than it would"
            : null;
    }

    // Each row is on disk before the next operation begins.
    private static void Measure(
        Func<Operation, double?, MachineLatencyRow> time,
        ResultsFolder folder,
        CancellationToken stop
    )
    {
        File.Delete(folder.LatenciesCsv);
        using var file = CsvFile.Open<MachineLatencyRow>(folder.LatenciesCsv);
        foreach (var row in Rows(Operations.Of(folder.FullPath), time))
        {
            file.Append([row]);
            if (stop.IsCancellationRequested)
                return;
        }
    }

    /// <summary>Times one operation after the other.</summary>
    /// <param name="time">Times it; what a CPU cycle takes goes along, once it is known.</param>
    internal static IEnumerable<MachineLatencyRow> Rows(
        IReadOnlyList<Operation> operations,
        Func<Operation, double?, MachineLatencyRow> time
    )
    {
        double? cycle = null;
        for (var n = 0; n < operations.Count; n++)
        {
            Console.Error.WriteLine($"[{n + 1}/{operations.Count}] {operations[n].Title}: {operations[n].Meaning}");
            var row = time(operations[n], cycle);
            // Where the cycle could not be timed, nothing else is one.
            if (row.Operation == MachineLatencyRow.Cycle)
                cycle = row.MedianNs;
            yield return row;
        }
    }
}
