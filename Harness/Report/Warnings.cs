using C10k.Harness.Charts;
using C10k.Harness.Judging;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Terminal;

namespace C10k.Harness.Report;

/// <summary>What to know before believing a figure.</summary>
internal static class Warnings
{
    /// <param name="rowIdOf">Where the row of a case stands on the page.</param>
    public static IReadOnlyList<WarningView> Of(RunData data, Func<SummaryRow, string> rowIdOf) =>
        [
            .. OfRun(data).Select(text => new WarningView(text, null)),
            .. from row in data.Summary
            from text in OfCase(row)
            select new WarningView(
                $"{row.Model}, {row.Workload}, {Figure.Of(row.Clients, Unit.Count)} clients: {text}",
                rowIdOf(row)
            ),
        ];

    private static IEnumerable<string> OfRun(RunData data)
    {
        if (int.TryParse(data.Environment["schema_version"], out var schema) && schema > RunEnvironment.CurrentSchema)
            yield return $"These files are of a newer bench (schema {schema}, this one knows {RunEnvironment.CurrentSchema}): figures may mean something else.";
        var told = data.Summary.Select(row => (row.Model, row.Workload, row.Clients)).ToHashSet();
        if (data.Windows.Count(windows => !told.Contains(windows.Key)) is > 0 and var cut)
            yield return $"Cases that have windows and no row in summary.csv: {cut}. The run was ended, or the file was cut; --resume completes it.";
        if (data.Summary.Any(row => row is { Status: CaseStatus.Ok, Rounds: < Comparison.FewestRounds }))
            yield return "There were fewer than five rounds: small differences may be chance. --profile full runs five.";
        if (data.Environment["server_cpus"] is { } cpus && cpus == data.Environment["load_cpus"])
            yield return $"Server and load generator shared CPU {cpus}: they disturbed each other.";
    }

    private static IEnumerable<string> OfCase(SummaryRow row)
    {
        if (row.Status != CaseStatus.Ok)
            yield return DisplayText.Outcome(row);
        if (row.Verdict == Verdict.Starved)
            yield return $"starved: {row.Reason ?? "not every client was served"}";
        if (row.Errors > 0)
            yield return $"{Figure.Of(row.Errors.Value, Unit.Count)} errors";
        if (row.ListenOverflows > 0)
            yield return $"{Figure.Of(row.ListenOverflows.Value, Unit.Count)} connections found the accept queue full";
        if (row.Suspect is { } why)
            yield return $"suspect: {why}";
        if (row.WarmupEnd == WarmUpEnd.Limit)
            yield return "throughput was still changing when the warm-up ended";
        if (row.ThroughputModes > 1)
            yield return "throughput keeps to more than one level: no single figure describes it";
    }
}
