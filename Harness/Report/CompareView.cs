using Microsoft.AspNetCore.Components;

namespace C10k.Harness.Report;

/// <summary>All that the page of a comparison shows.</summary>
/// <param name="A">The old run.</param>
/// <param name="B">The new one.</param>
/// <param name="Yardstick">What is compared, in words.</param>
/// <param name="Better">Which figures are better: <c>higher</c> or <c>lower</c>.</param>
/// <param name="Sentence">What came out, in a sentence.</param>
/// <param name="Differences">What differs between machines and settings.</param>
/// <param name="Warnings">What else must be known before the figures are believed.</param>
/// <param name="Groups">The cases: what moved, what did not, what nobody can say.</param>
public sealed record CompareView(
    ComparedRun A,
    ComparedRun B,
    string Yardstick,
    string Better,
    string Sentence,
    IReadOnlyList<string> Differences,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<CompareGroup> Groups
);

/// <summary>One of the two runs.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Report">Where its own page is, seen from the page of the comparison.</param>
/// <param name="Facts">When, of what, and where it was measured.</param>
public sealed record ComparedRun(string Name, string Report, string Facts);

/// <summary>Cases of which the same is to be said.</summary>
public sealed record CompareGroup(string Title, string Explanation, IReadOnlyList<CompareLine> Lines);

/// <summary>A case in both runs.</summary>
/// <param name="Change">The ratio on a logarithmic scale, with its interval.</param>
/// <param name="Word">What B is: <c>faster</c>, <c>slower</c>, <c>same</c> or <c>undecided</c>.</param>
public sealed record CompareLine(
    string Case,
    string A,
    string B,
    string Ratio,
    string? Interval,
    MarkupString Change,
    string Word,
    string? Note
);
