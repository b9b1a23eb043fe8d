using System.Globalization;
using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Nodes.Collecting;

namespace C10k.Harness.Judging;

/// <summary>Looks for contradictions in what was measured of a case. A row with one is kept, and says so.</summary>
internal static class Consistency
{
    private const double Tolerance = 0.02;

    // The kernel is asked a little after the borders, and the rate is never quite the same.
    private const double LateLook = 0.1;

    // Interrupts and the kernel's own threads take a little of every CPU.
    private const double LittleForStrangers = 0.15;

    private const string OtherPrograms = "other programs took";
    private const string Separator = "; ";

    /// <summary>Whether a row is suspect for more than that other programs took a part of the CPUs: it contradicts itself.</summary>
    public static bool IsContradicted(string? suspect) =>
        suspect?.Split(Separator).Any(doubt => !doubt.StartsWith(OtherPrograms, StringComparison.Ordinal)) is true;

    /// <summary>Why the row is not to be trusted, or null.</summary>
    public static string? WhySuspect(SummaryRow row, CaseRecord record, RunSettings settings)
    {
        string?[] doubts =
        [
            LittlesLaw(row, record),
            BytesReceived(record, settings),
            Order(record),
            Strangers("server", row.ServerCpusOthers),
            Strangers("load generator", row.LoadCpusOthers),
            LostLoads(record),
            Standstills(record),
        ];
        var found = doubts.OfType<string>().ToList();
        return found.Count == 0 ? null : string.Join(Separator, found);
    }

    // J. Little, Operations Research 9, 1961: clients = throughput × mean response. Requests that a border cuts count on one side only.
    private static string? LittlesLaw(SummaryRow row, CaseRecord record)
    {
        if (row is not { LittleRatio: { } ratio } || row.ClientsServed < record.Case.Workload.ActiveOf(row.Clients))
            return null;
        var cut = record.Reports.Max(report => report.LatencyUs.Mean) / 1e6 / LengthOfRound(record);
        return Math.Abs(ratio - 1) > Tolerance + cut
            ? Text($"by Little's law little_ratio is 1 ± {Tolerance + cut:0.###}, not {ratio:0.###}")
            : null;
    }

    private static string? BytesReceived(CaseRecord record, RunSettings settings)
    {
        // Where all messages are as long as the run says.
        if (record.Case.Workload is not { Conversation: "echo", Size: null, Command: null, RequestsPerConnection: 0 })
            return null;
        // A second look at the same seconds: what a request brings must have come in.
        foreach (var round in record.Measured)
        {
            var seen = round.Metrics.FirstOrDefault(value => value.MetricId == MetricIds.ServerReceivedBytes)?.Value;
            var rate = round.ThroughputRps;
            if (Math.Abs((seen / settings.MessageBytes - rate) ?? 0) > LateLook * rate)
                return Text(
                    $"the clients saw {rate:0} requests/s answered, the server's kernel received {seen / settings.MessageBytes:0}"
                );
        }
        return null;
    }

    private static string? Order(CaseRecord record) =>
        record.Measured.SelectMany(round => round.Windows).All(window => InOrder(window.Report.LatencyUs))
            ? null
            : "the percentiles of a window are not in order";

    private static bool InOrder(LatencySummary latency) =>
        latency.P50 <= latency.P90
        && latency.P90 <= latency.P99
        && latency.P99 <= latency.P999
        && latency.P999 <= latency.Max
        && latency.Mean <= latency.Max;

    private static string? LostLoads(CaseRecord record)
    {
        var lost = record
            .Measured.SelectMany(round => round.Lost.Select(load => $"round {round.Round}: {load}"))
            .ToList();
        return lost.Count == 0 ? null : string.Join("; ", lost);
    }

    /// <summary>When the load stood still, and for how long, or null.</summary>
    public static string? Standstills(CaseRecord record)
    {
        var found =
            from round in record.Measured
            from window in round.Windows
            where window.Report.StandstillSeconds > 0
            select Text(
                $"round {round.Round}, window {window.Index + 1}: the load stood still for {window.Report.StandstillSeconds:0.0} s: halted, without a CPU, or asleep with the machine"
            );
        return found.ToList() is { Count: > 0 } windows ? string.Join("; ", windows) : null;
    }

    private static string? Strangers(string side, double? share) =>
        share > LittleForStrangers ? Text($"{OtherPrograms} {share * 100:0} % of the {side}'s CPUs") : null;

    private static double LengthOfRound(CaseRecord record) =>
        record.Measured.Min(round => round.Windows.Sum(window => window.Report.Seconds));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
