using System.Globalization;
using C10k.Harness.Charts;
using C10k.Harness.Results;
using C10k.Harness.Terminal;

namespace C10k.Harness.Report;

/// <summary>The cells of the cases of one workload at one number of clients.</summary>
internal sealed class CaseCells
{
    private const double LeastScale = 1.25;

    private readonly RunData _data;
    private readonly SummaryRow? _baseline;
    private readonly double _mostRatio;

    public CaseCells(RunData data, IReadOnlyList<SummaryRow> rows)
    {
        _data = data;
        _baseline = rows.FirstOrDefault(row => row.Model == data.Baseline);
        _mostRatio = rows.Select(row => BaselineRatio.Of(row, _baseline) ?? 0).Append(LeastScale).Max();
    }

    public IReadOnlyList<CellView> Of(SummaryRow row) => [.. CaseColumns.All.Select(column => column.Cell(this, row))];

    public static CellView Figure(double? value, Unit unit) =>
        value is { } figure ? new CellView(Charts.Figure.Of(figure, unit), figure) : new CellView("–");

    public static CellView Throughput(SummaryRow row) =>
        Figure(row.ThroughputRps, Unit.Count) with
        {
            Note = row is { ThroughputCiLowRps: { } low, ThroughputCiHighRps: { } high }
                ? $"{Charts.Figure.Of(low, Unit.Count)} – {Charts.Figure.Of(high, Unit.Count)}"
                : null,
        };

    public CellView Ratio(SummaryRow row)
    {
        if (BaselineRatio.Of(row, _baseline) is not { } ratio)
            return new CellView("–");
        var (low, high) = (row.RatioCiLow, row.RatioCiHigh);
        return new CellView(Plain(ratio) + "×", ratio, Graphic: MiniPlots.Ratio(ratio, low, high, _mostRatio))
        {
            Note = low is null || high is null ? null : $"{Plain(low.Value)} – {Plain(high.Value)}",
        };
    }

    public static CellView Verdict(SummaryRow row) =>
        row.Status == CaseStatus.Ok
            ? new(
                DisplayText.Verdict(row),
                Note: row.Suspect is { } why ? $"suspect: {why}; {row.Reason}".TrimEnd(' ', ';') : row.Reason
            )
            : new(DisplayText.Status(row), Note: row.Reason);

    public CellView Spark(SummaryRow row)
    {
        var all = _data.Summary.Where(other => other.Workload == row.Workload).ToList();
        var own = all.Where(other => other.Model == row.Model).ToDictionary(other => other.Clients);
        var clients = all.Select(other => other.Clients).Distinct().Order();
        var figures = clients.Select(count => own.GetValueOrDefault(count)?.ThroughputRps).ToList();
        return new CellView("", Graphic: MiniPlots.Spark(figures));
    }

    private static string Plain(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
