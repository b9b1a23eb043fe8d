using System.Globalization;
using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>What must be said beside a picture of cases so that nobody misreads it.</summary>
internal static class CaseNotes
{
    /// <summary>The figure of the case holds for the clients that were served, and not all were.</summary>
    public static bool IsPartial(SummaryRow row) => row.Verdict == Verdict.Starved;

    public static IEnumerable<string> Of(IEnumerable<SummaryRow> rows)
    {
        SummaryRow[] all = [.. rows];
        SummaryRow[] partial = [.. all.Where(r => r.Status == CaseStatus.Ok && IsPartial(r))];
        if (partial.Length > 0)
        {
            yield return $"Hollow markers: not every client was served: {ByModel(partial, Served)}.";
        }

        SummaryRow[] missing = [.. all.Where(r => r.Status != CaseStatus.Ok)];
        if (missing.Length > 0)
        {
            yield return $"Not measured: {ByModel(missing, r => $"{SnakeCase.Of($"{r.Status}")} at {Clients(r)}")}.";
        }
    }

    public static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string ByModel(SummaryRow[] rows, Func<SummaryRow, string> text) =>
        string.Join("; ", rows.GroupBy(r => r.Model).Select(g => $"{g.Key} ({string.Join(", ", g.Select(text))})"));

    private static string Served(SummaryRow row) =>
        row.ClientsServed is { } served ? $"{Number(served)} of {Number(row.Clients)}" : $"at {Clients(row)}";

    private static string Clients(SummaryRow row) => TickLabel.Of(row.Clients, Unit.Count);
}
