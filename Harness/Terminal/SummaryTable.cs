using System.Globalization;
using C10k.Harness.Results;
using Spectre.Console;

namespace C10k.Harness.Terminal;

/// <summary>
/// The table at the end of a run: a row a case, grouped by the number of clients, the best of each group that serves everybody first and in bold,
/// with a bar beside it. Why a case has no figure is too long for a column and stands in lines of its own.
/// </summary>
internal static class SummaryTable
{
    // Below these widths the columns that explain give way to those that tell the result.
    private const int FullWidth = 156;
    private const int MiddleWidth = 114;

    private static readonly Column[] Columns =
    [
        new("clients", MiddleWidth, row => Number(row.Clients)),
        new("model", 0, row => row.Model) { IsText = true },
        new("requests/s", 0, row => Number(row.ThroughputRps)),
        new("±", 0, Spread),
        new("", 0, _ => "") { IsText = true, IsBar = true },
        new("p50", MiddleWidth, row => DisplayText.Time(row.P50Us)),
        new("p99", 0, row => DisplayText.Time(row.P99Us)),
        new("µs CPU/req", FullWidth, row => Number(row.ServerCpuUsPerRequest, "0.0")),
        new("switches/req", FullWidth, row => Number(row.ContextSwitchesPerRequest, "0.000")),
        new("threads", FullWidth, row => Number(row.ThreadsMax)),
        new("RSS MB", FullWidth, row => Number(row.RssPeakMb)),
        new("served", MiddleWidth, row => Number(row.ClientsServed)),
        new("verdict", 0, row => DisplayText.Verdict(row)) { IsText = true },
    ];

    /// <param name="cases">Of one workload.</param>
    /// <param name="width">How many characters a line has.</param>
    public static Table Make(IEnumerable<SummaryRow> cases, int width)
    {
        var columns = Columns.Where(column => width >= column.From).ToList();
        var layout = width switch
        {
            >= FullWidth => new Layout(NameLength: width - FullWidth + 30, BarLength: 12),
            >= MiddleWidth => new Layout(30, 12),
            _ => new Layout(25, 6),
        };
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
            table.AddColumn(column.ToTableColumn());
        foreach (var group in cases.GroupBy(row => row.Clients).OrderBy(group => group.Key))
        {
            // Where there is no room for a column, the number of clients is a line above its cases.
            if (width < MiddleWidth)
                table.AddRow($"[underline]{Number(group.Key)} clients[/]");
            var rows = CaseOrder.BestFirst(group);
            foreach (var row in rows)
            {
                var isBest = row == rows[0] && CaseOrder.CanBeBest(row);
                table.AddRow(columns.Select(column => column.ToCell(row, rows[0].ThroughputRps, isBest, layout)));
            }
            table.AddEmptyRow();
        }
        return table;
    }

    /// <summary>A line for each case without a figure, and one about the question marks.</summary>
    public static IEnumerable<string> Reasons(IReadOnlyList<SummaryRow> rows)
    {
        foreach (var row in rows.Where(row => row.Status != CaseStatus.Ok))
            yield return $"{row.Model} {row.Workload} {row.Clients:N0} clients: {DisplayText.Outcome(row)}";
        if (rows.FirstOrDefault(row => row is { Status: CaseStatus.Ok, Suspect: not null }) is { } suspect)
            yield return $"?: suspect, see that column of summary.csv; the first is {suspect.Model} {suspect.Workload} {suspect.Clients:N0} clients: {suspect.Suspect}";
    }

    /// <summary>A bar for a share from 0 to 1, drawn to an eighth of a character.</summary>
    public static string Bar(double share, int length)
    {
        const string Eighths = "▏▎▍▌▋▊▉";
        var eighths = (int)Math.Round(Math.Clamp(share, 0, 1) * length * 8);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : Eighths[(eighths % 8) - 1]);
    }

    // How far the interval reaches, as a share of the figure.
    private static string Spread(SummaryRow row) =>
        row is { ThroughputRps: { } rps and > 0, ThroughputCiLowRps: { } low, ThroughputCiHighRps: { } high }
            ? $"{Math.Round(100 * Math.Max(high - rps, rps - low) / rps):0} %"
            : "–";

    private static string Number(double? value, string format = "N0") =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private sealed record Layout(int NameLength, int BarLength);

    /// <param name="From">The width from which on there is room for it.</param>
    private sealed record Column(string Title, int From, Func<SummaryRow, string> Text)
    {
        public bool IsText { get; init; }

        public bool IsBar { get; init; }

        public TableColumn ToTableColumn() =>
            new(Title)
            {
                NoWrap = true,
                Alignment = IsText ? Justify.Left : Justify.Right,
                Padding = new Padding(0, 0, Title == "verdict" ? 0 : 1, 0),
            };

        public Markup ToCell(SummaryRow row, double? best, bool isBest, Layout layout)
        {
            var text =
                IsBar && best > 0 && row.ThroughputRps / best is { } share ? Bar(share, layout.BarLength) : TextOf(row);
            if (Title == "model" && text.Length > layout.NameLength)
                text = text[..(layout.NameLength - 1)] + "…";
            text = Markup.Escape(text);
            return new Markup(isBest && !IsBar ? $"[bold]{text}[/]" : text);
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
