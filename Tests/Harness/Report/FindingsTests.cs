using C10k.Harness.Charts;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Tests.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Report;

public class FindingsTests
{
    private static IReadOnlyList<string> FindingsOf(IReadOnlyList<SummaryRow> rows, Func<SummaryRow, int?> rankOf) =>
        Findings.Of(rows, ChartSet.Metrics[0], rankOf);

    [Fact]
    public void The_best_and_the_worst_with_the_most_clients_are_named_with_their_distance()
    {
        var findings = FindingsOf([Row("a", 50_000), Row("b", 31_000), Row("b", 90_000, clients: 10)], _ => null);
        Assert.StartsWith(
            "At 1,000 clients a answers the most requests: 50,000 a second.",
            findings[0],
            StringComparison.Ordinal
        );
        Assert.Contains("b serves the fewest: 38 % less than a", Plain(findings[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_shares_the_best_rank_cannot_be_told_apart()
    {
        var findings = FindingsOf(
            [Row("a", 50_000), Row("b", 49_900), Row("c", 20_000)],
            row => row.Model == "c" ? 3 : 1
        );
        Assert.EndsWith("b cannot be told apart from it.", findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void With_few_rounds_nobody_is_called_better_without_a_warning()
    {
        var findings = FindingsOf(
            [Row("a", 50_000) with { Rounds = 1 }, Row("b", 49_900) with { Rounds = 1 }],
            _ => null
        );
        Assert.Contains("fewer than five rounds", findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_starves_its_clients_is_never_the_best()
    {
        var starved = Row("blocking", 90_000) with { Verdict = Verdict.Starved, ClientsServed = 1, Rounds = 1 };
        var findings = FindingsOf([starved, Row("a", 50_000)], _ => null);
        Assert.Contains("a answers the most", findings[0], StringComparison.Ordinal);
        Assert.Contains(
            "Not every client is served by blocking: blocking served 1 of 1,000, the others waited.",
            findings
        );
    }

    [Fact]
    public void The_way_from_few_clients_to_many_is_told()
    {
        var findings = FindingsOf(
            [Row("a", 40_000, 10), Row("b", 40_000, 10), Row("a", 44_000), Row("b", 10_000)],
            _ => null
        );
        Assert.Contains(
            "From 10 to 1,000 clients b loses 75 % of its throughput, a gains 10 %.",
            findings.Select(Plain)
        );
    }

    [Fact]
    public void Where_nothing_was_measured_that_is_the_finding() =>
        Assert.StartsWith(
            "Nothing was measured",
            Assert.Single(FindingsOf([Rows.Skipped()], _ => null)),
            StringComparison.Ordinal
        );

    // Between a number and its unit stands a space that does not break.
    private static string Plain(string text) => text.Replace('\u00A0', ' ');

    private static SummaryRow Row(string model, double rps, int clients = 1000) =>
        Rows.Measured(model, clients) with
        {
            ThroughputRps = rps,
        };
}
