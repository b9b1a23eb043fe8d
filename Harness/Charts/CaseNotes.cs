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
            yield return $"Hollow markers: not every client was served: {ByModel(partial, rows => string.Join(", ", rows.Select(Served)))}.";
        }

        SummaryRow[] missing = [.. all.Where(r => r.Status != CaseStatus.Ok)];
        if (missing.Length > 0)
        {
            yield return $"Not measured: {ByModel(missing, Missing)}.";
        }
    }

    public static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string ByModel(SummaryRow[] rows, Func<IEnumerable<SummaryRow>, string> text) =>
        string.Join("; ", rows.GroupBy(r => r.Model).Select(g => $"{g.Key} ({text(g)})"));

    private static string Missing(IEnumerable<SummaryRow> rows) =>
        string.Join(
            ", ",
            rows.GroupBy(r => r.Status)
                .Select(g => $"{SnakeCase.Of($"{g.Key}")} at {string.Join(", ", g.Select(Clients))}")
        );

    private static string Served(SummaryRow row) =>
        row.ClientsServed is { } served ? $"{Number(served)} of {Number(row.Clients)}" : $"at {Clients(row)}";

    private static string Clients(SummaryRow row) => TickLabel.Of(row.Clients, Unit.Count);
}
