using C10k.Harness.Results;
using C10k.Harness.Terminal;
using Microsoft.AspNetCore.Components;

namespace C10k.Harness.Report;

/// <summary>What an operation takes on this machine.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Time">What it takes.</param>
/// <param name="Interval">The ends of its 95 % interval, or nothing.</param>
/// <param name="Place">Where that is on a logarithmic scale.</param>
/// <param name="Scaled">What it would take if a CPU cycle took a second.</param>
/// <param name="Meaning">What exactly was timed, or why it was not.</param>
public sealed record LatencyLine(
    string Title,
    string Time,
    string? Interval,
    MarkupString Place,
    string Scaled,
    string Meaning
)
{
    internal static LatencyLine Of(MachineLatencyRow row, IReadOnlyList<MachineLatencyRow> all) =>
        new(
            row.Title,
            LatencyTable.Time(row.MedianNs),
            row is { CiLowNs: { } low, CiHighNs: { } high }
                ? $"{LatencyTable.Time(low)} – {LatencyTable.Time(high)}"
                : null,
            MiniPlots.Decades(row.MedianNs, [.. all.Select(each => each.MedianNs).OfType<double>()]),
            LatencyTable.Scaled(row.ScaledSeconds),
            row.Reason is { } reason ? $"{row.Meaning}. Not measured: {reason}." : $"{row.Meaning}."
        );
}
