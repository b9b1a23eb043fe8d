using C10k.Harness.Results;
using C10k.Harness.Terminal;

namespace C10k.Harness.Charts;

/// <summary>What operations take on this machine, the quickest first.</summary>
internal static class MachineChart
{
    /// <summary>It has no series where nothing could be timed.</summary>
    public static Chart Of(IReadOnlyList<MachineLatencyRow> rows) =>
        new()
        {
            Id = "latencies",
            Title = "What waiting costs on this machine",
            Subtitle = "In brackets: how long it would be if a CPU cycle took a second",
            Better = Better.Lower,
            X = new Axis("operation", Unit.Nothing, Scale.Linear),
            Y = new Axis("time, in the median", Unit.Microseconds, Scale.Logarithmic),
            Series = [.. rows.Where(row => row.MedianNs is not null).Select(ToSeries)],
            Notes = [.. Notes(rows)],
        };

    // No model, and so without a marker of its own.
    private static Series ToSeries(MachineLatencyRow row) =>
        new(
            "",
            $"{row.Title} ({LatencyTable.Scaled(row.ScaledSeconds)})",
            "",
            [new ChartPoint(0, row.MedianNs / 1e3, row.CiLowNs / 1e3, row.CiHighNs / 1e3)]
        );

    private static IEnumerable<string> Notes(IReadOnlyList<MachineLatencyRow> rows)
    {
        yield return "Each vertical line is ten times as long as the one before it. Bars: 95 % confidence interval, where it is wider than the marker.";
        foreach (var row in rows.Where(row => row.Reason is not null))
            yield return $"Not measured: {row.Title}: {row.Reason}.";
    }
}
