using System.Globalization;
using C10k.Harness.Results;
using Spectre.Console;

namespace C10k.Harness.Terminal;

/// <summary>
/// The table at the end of a run: a row a case, grouped by the number of clients, the best of each group first and in bold. Why a case
/// has no figure is too long for a column and stands in lines of its own.
/// </summary>
internal static class SummaryTable
{
    public static Table Make(IEnumerable<SummaryRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (title, right) in Columns)
            table.AddColumn(new TableColumn(title) { NoWrap = true, Alignment = right ? Justify.Right : Justify.Left });
        foreach (var group in rows.GroupBy(row => (row.Workload, row.Clients)).OrderBy(group => group.Key))
        {
            var best = true;
            foreach (var row in group.OrderByDescending(row => row.ThroughputRps ?? -1))
            {
                table.AddRow([.. Cells(row, best)]);
                best = false;
            }
            table.AddEmptyRow();
        }
        return table;
    }

    /// <summary>A line for each case without a figure.</summary>
    public static IEnumerable<string> Reasons(IEnumerable<SummaryRow> rows) =>
        from row in rows
        where row.Status != CaseStatus.Ok
        select $"{row.Model} {row.Workload} {row.Clients:N0} clients: {DisplayText.Outcome(row)}";

    private static readonly (string Title, bool Right)[] Columns =
    [
        ("clients", true),
        ("model", false),
        ("requests/s", true),
        ("p50", true),
        ("p99", true),
        ("µs CPU/req", true),
        ("switches/req", true),
        ("threads", true),
        ("RSS MB", true),
        ("served", true),
        ("verdict", false),
    ];

    private static IEnumerable<Markup> Cells(SummaryRow row, bool best)
    {
        string[] texts =
            row.Status == CaseStatus.Ok
                ?
                [
                    Number(row.Clients),
                    row.Model,
                    Number(row.ThroughputRps),
                    DisplayText.Time(row.P50Us),
                    DisplayText.Time(row.P99Us),
                    Number(row.ServerCpuUsPerRequest, "0.0"),
                    Number(row.ContextSwitchesPerRequest, "0.000"),
                    Number(row.ThreadsMax),
                    Number(row.RssPeakMb),
                    Number(row.ClientsServed),
                    DisplayText.Verdict(row.Verdict),
                ]
                : [Number(row.Clients), row.Model, "", "", "", "", "", "", "", "", DisplayText.Status(row)];
        return texts.Select(text => new Markup(best ? $"[bold]{Markup.Escape(text)}[/]" : Markup.Escape(text)));
    }

    private static string Number(double? value, string format = "N0") =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
