using C10k.Harness.Results;

namespace C10k.Harness.Judging;

/// <summary>A case as LoadGen and as wrk saw it: medians over the rounds.</summary>
internal sealed record CrossCheck(string Model, string Workload, int Clients)
{
    public required double LoadgenRps { get; init; }

    /// <summary>Null where wrk has no figure of any round, for <see cref="Reason"/>.</summary>
    public double? WrkRps { get; init; }

    /// <summary>The median of the rounds' ratios: both figures of a round are of the same server process.</summary>
    public double? Ratio { get; init; }

    public double? LoadgenP99Us { get; init; }
    public double? WrkP99Us { get; init; }

    /// <summary>All that wrk counted as errors, over all rounds.</summary>
    public long Errors { get; init; }

    public string? Reason { get; init; }

    /// <summary>One for each case, by workload and clients; of the same ones, in the order in which the first rounds were run.</summary>
    public static IReadOnlyList<CrossCheck> Of(IEnumerable<CrossCheckRow> rows) =>
        [
            .. from row in rows
            group row by (row.Model, row.Workload, row.Clients) into rounds
            orderby rounds.Key.Workload, rounds.Key.Clients
            select Of([.. rounds]),
        ];

    /// <summary>What all of them say together; null where there is not one ratio.</summary>
    public static string? Sentence(IReadOnlyList<CrossCheck> checks)
    {
        var ratios = checks.Select(check => check.Ratio).OfType<double>().ToList();
        return ratios.Count == 0
            ? null
            : FormattableString.Invariant(
                $"wrk counts {ratios.Min():0.00} to {ratios.Max():0.00} requests for each 1 that LoadGen counts, against the same server processes."
            );
    }

    private static CrossCheck Of(IReadOnlyList<CrossCheckRow> rounds) =>
        new(rounds[0].Model, rounds[0].Workload, rounds[0].Clients)
        {
            LoadgenRps = Median(rounds, row => row.LoadgenRps)!.Value,
            WrkRps = Median(rounds, row => row.WrkRps),
            Ratio = Median(rounds, row => row.Ratio),
            LoadgenP99Us = Median(rounds, row => row.LoadgenP99Us),
            WrkP99Us = Median(rounds, row => row.WrkP99Us),
            Errors = rounds.Sum(CountErrors),
            Reason = rounds.Select(row => row.Reason).FirstOrDefault(reason => reason is not null),
        };

    private static double? Median(IReadOnlyList<CrossCheckRow> rounds, Func<CrossCheckRow, double?> figure) =>
        rounds.Select(figure).OfType<double>().ToList() is { Count: > 0 } figures
            ? Statistics.MedianWithInterval(figures).Median
            : null;

    private static long CountErrors(CrossCheckRow row) =>
        (row.WrkConnectErrors ?? 0)
        + (row.WrkReadErrors ?? 0)
        + (row.WrkWriteErrors ?? 0)
        + (row.WrkTimeouts ?? 0)
        + (row.WrkOtherStatuses ?? 0);
}
