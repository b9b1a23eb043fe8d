using C10k.Harness.Charts;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Tests.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Report;

public class FindingsTests
{
    private static IReadOnlyList<string> FindingsOf(IReadOnlyList<SummaryRow> rows, Func<SummaryRow, int?> rankOf) =>
        Findings.Of([.. rows.Select(row => row with { RankGroup = rankOf(row) })], ChartSet.Metrics[0]);

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
        Assert.Contains("With a single round this is a picture", findings[0], StringComparison.Ordinal);
        var few = FindingsOf([Row("a", 50_000) with { Rounds = 4 }, Row("b", 49_900) with { Rounds = 4 }], _ => null);
        Assert.Contains("With fewer than five rounds this is a picture", few[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_that_rests_on_one_round_says_so()
    {
        SummaryRow[] rows =
        [
            Row("a", 50_000) with
            {
                ThreadsMax = 1,
                ServerCpuUsPerRequest = 10,
                Rounds = 1,
            },
            Row("b", 20_000) with
            {
                ThreadsMax = 9,
                ServerCpuUsPerRequest = 30,
                Rounds = 1,
            },
        ];
        Assert.All(
            FindingsOf(rows, _ => null).Skip(1),
            text => Assert.EndsWith(" (one round).", text, StringComparison.Ordinal)
        );
        Assert.Equal(4, FindingsOf(rows, _ => null).Count);
        Assert.DoesNotContain(
            FindingsOf([.. rows.Select(row => row with { Rounds = 2 })], _ => null),
            text => text.Contains("one round", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void What_does_not_differ_makes_no_sentence()
    {
        SummaryRow[] rows = [Row("a", 50_000, 10), Row("b", 50_100, 10), Row("a", 49_900), Row("b", 49_000)];
        Assert.StartsWith(
            "At 1,000 clients a answers",
            Assert.Single(FindingsOf(rows, _ => null)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nobody_is_called_the_worst_who_shares_the_rank_of_the_best_or_whose_interval_holds_its_figure()
    {
        SummaryRow[] rows = [Row("a", 50_000), Row("b", 40_000)];
        Assert.Contains(FindingsOf(rows, _ => null), IsOfTheWorst);
        Assert.Contains(FindingsOf(rows, row => row.Model == "a" ? 1 : 2), IsOfTheWorst);
        Assert.DoesNotContain(FindingsOf(rows, _ => 1), IsOfTheWorst);
        SummaryRow[] vague = [rows[0], rows[1] with { ThroughputCiHighRps = 60_000 }];
        Assert.DoesNotContain(FindingsOf(vague, _ => null), IsOfTheWorst);
    }

    [Fact]
    public void Whom_the_load_generator_held_up_is_not_called_the_worst_nor_ranked_behind_anybody()
    {
        var bound = Row("b", 20_000) with { Verdict = Verdict.LoadBound };
        var findings = FindingsOf([Row("a", 50_000), bound], row => row.Model == "a" ? 1 : 2);
        Assert.DoesNotContain(findings, IsOfTheWorst);
        Assert.EndsWith(
            "; the load generator was the limit of b, which could do more. ",
            findings[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Beside_a_best_that_could_do_more_the_loss_is_the_least_it_can_be()
    {
        SummaryRow[] rows = [Row("a", 50_000) with { Verdict = Verdict.LoadBound }, Row("b", 25_000)];
        Assert.Contains(
            "Of those that serve everybody, b serves the fewest: at least 50 % less than a.",
            FindingsOf(rows, _ => null).Select(Plain)
        );
    }

    [Fact]
    public void Figures_that_contradict_themselves_make_no_sentence_and_whose_they_are_is_told()
    {
        var suspect = Row("b", 90_000) with { Suspect = "odd", ThreadsMax = 99, ServerCpuUsPerRequest = 0.1 };
        var findings = FindingsOf([Row("a", 50_000), suspect, Row("c", 49_900)], _ => null);
        Assert.Equal(2, findings.Count);
        Assert.StartsWith("At 1,000 clients a answers the most", findings[0], StringComparison.Ordinal);
        Assert.Equal("Nothing is made of the figures of b: they contradict themselves (suspect).", findings[1]);
        Assert.Equal(
            [
                "Nothing is made of the figures of b: they contradict themselves (suspect).",
                "Nothing is made of the figures of c: other programs took a part of the CPUs (suspect).",
            ],
            FindingsOf(
                [suspect, Row("c", 1) with { Suspect = "other programs took 20 % of the server's CPUs" }],
                _ => null
            )
        );
        Assert.StartsWith(
            "Nothing is made of the figures of b",
            Assert.Single(FindingsOf([suspect], _ => null)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void On_the_way_to_many_clients_only_what_servers_did_themselves_is_told()
    {
        SummaryRow[] rows =
        [
            Row("a", 40_000, 10),
            Row("b", 40_000, 10),
            Row("bound", 40_000, 10) with
            {
                Verdict = Verdict.LoadBound,
            },
            Row("starving", 40_000, 10) with
            {
                Verdict = Verdict.Starved,
            },
            Row("a", 40_500),
            Row("b", 20_000),
            Row("bound", 1_000),
            Row("starving", 1_000),
        ];
        Assert.Contains(
            "From 10 to 1,000 clients b loses 50 % of its throughput, a keeps its throughput.",
            FindingsOf(rows, _ => null).Select(Plain)
        );
    }

    private static bool IsOfTheWorst(string finding) => finding.Contains("serves the fewest", StringComparison.Ordinal);

    [Fact]
    public void A_server_that_starves_its_clients_is_never_the_best()
    {
        var starved = Row("blocking", 90_000) with { Verdict = Verdict.Starved, ClientsServed = 1, Rounds = 1 };
        var findings = FindingsOf([starved, Row("a", 50_000)], _ => null);
        Assert.Contains("a answers the most", findings[0], StringComparison.Ordinal);
        Assert.Contains(
            "Not every client is served by blocking: blocking served 1 of 1,000 in its only round, the others waited.",
            findings
        );
    }

    // A stranger may have had the CPU with which everybody would have been served. The page's warnings name the case either way.
    [Theory]
    [InlineData("odd", "they contradict themselves")]
    [InlineData("other programs took 20 % of the server's CPUs", "other programs took a part of the CPUs")]
    public void Of_a_suspect_row_it_is_not_told_either_that_it_starves_its_clients(string suspect, string why)
    {
        var starved = Row("b", 90_000) with { Verdict = Verdict.Starved, ClientsServed = 1, Suspect = suspect };
        Assert.Equal(
            [$"Nothing is made of the figures of b: {why} (suspect)."],
            FindingsOf([starved, Row("a", 50_000)], _ => null).Skip(1)
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
            ThroughputCiLowRps = 0.99 * rps,
            ThroughputCiHighRps = 1.01 * rps,
        };
}
