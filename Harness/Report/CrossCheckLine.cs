using C10k.Harness.Charts;
using C10k.Harness.Judging;

namespace C10k.Harness.Report;

/// <summary>A case as LoadGen and as wrk saw it, in words.</summary>
public sealed record CrossCheckLine(
    string Model,
    string Workload,
    string Clients,
    string LoadgenRps,
    string WrkRps,
    string Ratio,
    string LoadgenP99,
    string WrkP99,
    string Errors,
    string Reason
)
{
    internal static CrossCheckLine Of(CrossCheck check) =>
        new(
            check.Model,
            check.Workload,
            Text(check.Clients, Unit.Count),
            Text(check.LoadgenRps, Unit.Count),
            Text(check.WrkRps, Unit.Count),
            check.Ratio is { } ratio ? FormattableString.Invariant($"{ratio:0.00}") : "–",
            Text(check.LoadgenP99Us, Unit.Microseconds),
            Text(check.WrkP99Us, Unit.Microseconds),
            Text(check.Errors, Unit.Count),
            check.Reason ?? ""
        );

    private static string Text(double? value, Unit unit) =>
        value is { } number ? Figure.Of(unit == Unit.Count ? Math.Round(number) : number, unit) : "–";
}

/// <summary>All of them, and what they say together.</summary>
public sealed record CrossCheckView(string? Sentence, IReadOnlyList<CrossCheckLine> Lines)
{
    internal static CrossCheckView? Of(IReadOnlyList<CrossCheck> checks) =>
        checks.Count == 0
            ? null
            : new CrossCheckView(CrossCheck.Sentence(checks), [.. checks.Select(CrossCheckLine.Of)]);
}
