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
    // Below this width the columns that explain give way to those that tell the result.
    private const int FullWidth = 128;

    private static readonly Column[] Columns =
    [
        new("clients", row => Number(row.Clients)),
        new("model", row => row.Model) { IsText = true },
        new("requests/s", row => Number(row.ThroughputRps)),
        new("p50", row => DisplayText.Time(row.P50Us)),
        new("p99", row => DisplayText.Time(row.P99Us)),
        new("µs CPU/req", row => Number(row.ServerCpuUsPerRequest, "0.0")) { Explains = true },
        new("switches/req", row => Number(row.ContextSwitchesPerRequest, "0.000")) { Explains = true },
        new("threads", row => Number(row.ThreadsMax)) { Explains = true },
        new("RSS MB", row => Number(row.RssPeakMb)) { Explains = true },
        new("served", row => Number(row.ClientsServed)),
        new("verdict", row => DisplayText.Verdict(row.Verdict)) { IsText = true },
    ];

    /// <param name="width">How many characters a line has.</param>
    public static Table Make(IEnumerable<SummaryRow> rows, int width)
    {
        var columns = Columns.Where(column => width >= FullWidth || !column.Explains).ToList();
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
            table.AddColumn(column.ToTableColumn());
        foreach (var group in rows.GroupBy(row => (row.Workload, row.Clients)).OrderBy(group => group.Key))
        {
            var best = true;
            foreach (var row in group.OrderByDescending(row => row.ThroughputRps ?? -1))
            {
                table.AddRow(columns.Select(column => column.ToCell(row, best)));
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

    private static string Number(double? value, string format = "N0") =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private sealed record Column(string Title, Func<SummaryRow, string> Text)
    {
        public bool IsText { get; init; }

        public bool Explains { get; init; }

        public TableColumn ToTableColumn() =>
            new(Title) { NoWrap = true, Alignment = IsText ? Justify.Left : Justify.Right };

        public Markup ToCell(SummaryRow row, bool best)
        {
            var text = Markup.Escape(TextOf(row));
            return new Markup(best ? $"[bold]{text}[/]" : text);
        }

        // A case without a figure has its status in the last column.
        private string TextOf(SummaryRow row) =>
            (row.Status, Title) switch
            {
                (CaseStatus.Ok, _) or (_, "clients" or "model") => Text(row),
                (_, "verdict") => DisplayText.Status(row),
                _ => "",
            };
    }
}
