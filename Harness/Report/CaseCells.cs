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

    public IReadOnlyList<CellView> Of(SummaryRow row) => [.. CaseColumns.All.Select(column => Of(column.Key, row))];

    private CellView Of(string key, SummaryRow row) =>
        key switch
        {
            "rank_group" => Rank(row),
            "throughput_rps" => Throughput(row),
            "ratio" => RatioCell(row),
            "p50_us" => Number(key, row.P50Us, Unit.Microseconds),
            "p99_us" => Number(key, row.P99Us, Unit.Microseconds),
            "server_cpu_us_per_request" => Number(key, row.ServerCpuUsPerRequest, Unit.Microseconds),
            "context_switches_per_request" => Number(key, row.ContextSwitchesPerRequest, Unit.Count),
            "threads_max" => Number(key, row.ThreadsMax, Unit.Count),
            "rss_peak_mb" => Number(key, row.RssPeakMb, Unit.Megabytes),
            "errors" => Number(key, row.Errors, Unit.Count),
            "verdict" => Verdict(row),
            _ => Spark(row),
        };

    private CellView Rank(SummaryRow row) =>
        _data.Further.Number(row, "rank_group") is { } rank
            ? new CellView("rank_group", rank.ToString("0", CultureInfo.InvariantCulture), rank)
            : new CellView("rank_group", "–");

    private static CellView Throughput(SummaryRow row) =>
        Number("throughput_rps", row.ThroughputRps, Unit.Count) with
        {
            Note = row is { ThroughputCiLowRps: { } low, ThroughputCiHighRps: { } high }
                ? $"{Figure.Of(low, Unit.Count)} – {Figure.Of(high, Unit.Count)}"
                : null,
        };

    private CellView RatioCell(SummaryRow row)
    {
        if (BaselineRatio.Of(row, _baseline) is not { } ratio)
            return new CellView("ratio", "–");
        var (low, high) = (_data.Further.Number(row, "ratio_ci_low"), _data.Further.Number(row, "ratio_ci_high"));
        return new CellView("ratio", Times(ratio), ratio, Graphic: MiniPlots.Ratio(ratio, low, high, _mostRatio))
        {
            Note = low is null || high is null ? null : $"{Plain(low.Value)} – {Plain(high.Value)}",
        };
    }

    private static CellView Verdict(SummaryRow row) =>
        row.Status == CaseStatus.Ok
            ? new CellView("verdict", DisplayText.Verdict(row.Verdict), Note: row.Reason)
            : new CellView("verdict", DisplayText.Status(row), Note: row.Reason);

    private CellView Spark(SummaryRow row)
    {
        var all = _data.Summary.Where(other => other.Workload == row.Workload).ToList();
        var own = all.Where(other => other.Model == row.Model).ToDictionary(other => other.Clients);
        var clients = all.Select(other => other.Clients).Distinct().Order();
        var figures = clients.Select(count => own.GetValueOrDefault(count)?.ThroughputRps).ToList();
        return new CellView("spark", "", Graphic: MiniPlots.Spark(figures));
    }

    private static CellView Number(string key, double? value, Unit unit) =>
        value is { } figure ? new CellView(key, Figure.Of(figure, unit), figure) : new CellView(key, "–");

    private static string Times(double ratio) => Plain(ratio) + "×";

    private static string Plain(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
