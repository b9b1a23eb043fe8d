using System.Globalization;
using C10k.Harness.Charts;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>What the rows say of the one figure that their workload is about.</summary>
internal static class KeyFinding
{
    // What differs by less is no finding.
    private const double WorthTelling = 1.3;

    // A connection more or less may end by itself.
    private const double NearlyAll = 0.99;

    /// <summary>A sentence, or null where the rows do not carry one.</summary>
    /// <param name="metric">The figure.</param>
    /// <param name="there">The measured cases with the most clients.</param>
    public static string? Of(CaseMetric metric, IReadOnlyList<SummaryRow> there)
    {
        if (metric.Id == "lost")
            return BlastRadius(there);
        if (metric.Phrase is not { } phrase)
            return null;
        var known = there
            .Where(row => row.Verdict != Verdict.Starved && metric.Value(row) > 0)
            .Where(row => !(metric.IsHeldByLoad && Grounds.IsLoadBound(row)))
            .OrderBy(row => metric.Value(row))
            .ToList();
        if (known.Count < 2)
            return null;
        var (least, most) = (known[0], known[^1]);
        var times = metric.Value(most)!.Value / metric.Value(least)!.Value;
        return times < WorthTelling || metric.Low(most) <= metric.High(least)
            ? null
            : $"At {Text(most.Clients, Unit.Count)} clients {phrase} of {most.Model} is {Times(times)} that of {least.Model}: "
                + $"{Text(metric.Value(most), metric.Unit)} against {Text(metric.Value(least), metric.Unit)}{Grounds.OneRound(most, least)}.";
    }

    private static string? BlastRadius(IReadOnlyList<SummaryRow> there)
    {
        var crashed = there.Where(row => row.ConnectionsLost is not null).ToList();
        if (crashed.Count == 0)
            return null;
        var all = crashed.Where(row => row.ConnectionsLost >= NearlyAll * row.ClientsConnected).ToList();
        var others = crashed.Except(all).OrderBy(row => row.ConnectionsLost).ToList();
        var clients = Text(crashed[0].Clients, Unit.Count);
        string?[] parts =
        [
            all.Count == 0
                ? null
                : $"takes all connections along with {Findings.Names([.. all.Select(row => row.Model)])}",
            others.Count == 0
                ? null
                : string.Join(
                    ", ",
                    others.Select(row => $"{Text(row.ConnectionsLost, Unit.Count)} with {row.Model}{Whole(row)}")
                ),
        ];
        return $"At {clients} clients one crashed handler {string.Join("; ", parts.OfType<string>())}{Grounds.OneRound(crashed)}.";
    }

    private static string Whole(SummaryRow row) =>
        row.RecoveryMs is { } ms ? $", which is whole again after {Text(ms * 1e3, Unit.Microseconds)}" : "";

    private static string Times(double times) =>
        times < 10
            ? string.Create(CultureInfo.InvariantCulture, $"{times:0.0} times")
            : string.Create(CultureInfo.InvariantCulture, $"{times:#,0} times");

    private static string Text(double? value, Unit unit) => Figure.Of(value!.Value, unit);
}
