using C10k.Harness.Judging;

namespace C10k.Harness.Comparing;

/// <summary>Finds the word for a case in two runs: what the figures say, as far as nothing else could be the reason.</summary>
/// <param name="threshold">The share that a difference must exceed to count.</param>
/// <param name="failOn">The share by which B must not be worse; null where it may.</param>
internal sealed class CaseJudge(Yardstick yardstick, double threshold, double? failOn)
{
    /// <param name="first">The figures of A's rounds.</param>
    /// <param name="second">Those of B's.</param>
    /// <param name="reference">Of the model to whose figures these are relative; null where they are as measured.</param>
    public JudgedCase Of(double[] first, double[] second, CaseDoubts doubts, CaseDoubts? reference)
    {
        var handicaps = doubts.Handicaps(yardstick, takesTurns: reference is not null);
        var decides =
            handicaps.Count > 0 && reference?.Handicaps(yardstick, takesTurns: true) is null or { Count: > 0 };
        var words = handicaps.Select(WordWithout).Distinct().ToList();
        var stands = decides && words.Count == 1;
        var comparison = yardstick.Compare(first, second, threshold);
        return new JudgedCase(
            stands ? comparison : comparison with { Word = Difference.Undecided },
            words.Count > 1 ? And(doubts.Note, doubts.ExplainHandicap()) : doubts.Note,
            decides && failOn is { } share && handicaps.All(handicap => IsWorseBy(share, handicap))
        );

        Difference WordWithout(double handicap) => yardstick.Compare(first, Without(handicap, second), threshold).Word;

        bool IsWorseBy(double share, double handicap) => yardstick.IsWorseBy(share, first, Without(handicap, second));
    }

    private static double[] Without(double handicap, double[] figures) =>
        [.. figures.Select(figure => figure / handicap)];

    private static string And(string? note, string other) => note is null ? other : $"{note}; {other}";
}

/// <summary>What came out.</summary>
/// <param name="Note">What must be known of the figures before they are believed, or null.</param>
/// <param name="IsWorse">Whether B is credibly worse by more than is allowed.</param>
internal sealed record JudgedCase(Comparison Comparison, string? Note, bool IsWorse);
