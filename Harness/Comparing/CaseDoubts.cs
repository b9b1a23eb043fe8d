using System.Globalization;
using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Comparing;

/// <summary>Whether the figures of a case in two runs may be held against each other, and what is to be known of them.</summary>
internal sealed record CaseDoubts(SummaryRow A, SummaryRow B)
{
    private bool IsSuspect => (A.Suspect ?? B.Suspect) is not null;

    private bool IsContradicted => Consistency.IsContradicted(A.Suspect) || Consistency.IsContradicted(B.Suspect);

    // The side whose CPUs set the figure; where no verdict says so, either may.
    private bool ServerCounts => A.Verdict is not Verdict.LoadBound || B.Verdict is not Verdict.LoadBound;
    private bool LoadCounts => A.Verdict is not Verdict.ServerBound || B.Verdict is not Verdict.ServerBound;

    /// <summary>What must be known of the figures before they are believed, or null.</summary>
    public string? Note
    {
        get
        {
            string?[] doubts =
            [
                A.Suspect is null ? null : $"A is suspect: {A.Suspect}",
                B.Suspect is null ? null : $"B is suspect: {B.Suspect}",
                // A figure that the load generator has set says nothing of the server.
                A.Verdict is Verdict.LoadBound
                || B.Verdict is Verdict.LoadBound
                    ? "load-bound: compare --by cpu"
                    : null,
                A.ThroughputModes > 1 || B.ThroughputModes > 1 ? "throughput has several levels" : null,
            ];
            var found = doubts.OfType<string>().ToList();
            return found.Count == 0 ? null : string.Join("; ", found);
        }
    }

    /// <summary>
    /// By what B's figures are divided in turn to see whether a word stands: 1, and what other programs left of the CPUs in B for each 1 that
    /// they left in A. Nothing where the figures decide nothing.
    /// </summary>
    /// <param name="takesTurns">Whether the figures are relative to another model's in the same rounds, from which others took as much.</param>
    public IReadOnlyList<double> Handicaps(Yardstick yardstick, bool takesTurns) =>
        yardstick.Disturbed switch
        {
            Disturbed.Hardly => [1],
            Disturbed.InProportion when IsContradicted => [],
            Disturbed.InProportion when takesTurns => [1],
            Disturbed.InProportion when Shares is { } shares => [1, .. shares],
            _ => IsSuspect ? [] : [1],
        };

    /// <summary>Says that other programs alone could be the difference.</summary>
    public string ExplainHandicap() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"other programs took {Percent(A.ServerCpusOthers)} of the server's and {Percent(A.LoadCpusOthers)} of the load generator's CPUs in A, {Percent(B.ServerCpusOthers)} and {Percent(B.LoadCpusOthers)} in B, which alone could make or hide a difference: see --relative-to"
        );

    // Null where what others took of a side that counts is not known.
    private List<double>? Shares
    {
        get
        {
            var shares = new List<double?>();
            if (ServerCounts)
                shares.Add((1 - B.ServerCpusOthers) / (1 - A.ServerCpusOthers));
            if (LoadCounts)
                shares.Add((1 - B.LoadCpusOthers) / (1 - A.LoadCpusOthers));
            return shares.TrueForAll(share => share > 0 && double.IsFinite(share.Value))
                ? [.. shares.OfType<double>()]
                : null;
        }
    }

    private static string Percent(double? share) =>
        share is null ? "an unknown part" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
