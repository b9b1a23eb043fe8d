using C10k.Harness.Judging;
using C10k.Harness.Results;
using C10k.Tests.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Judging;

public class RankingTests
{
    [Fact]
    public void Models_that_cannot_be_told_apart_are_of_one_group()
    {
        var rows = Complete("epoll-level", ("epoll-level", 100, 5), ("poll", 99.5, 5), ("select", 50, 5));
        Assert.Equal([1, 1, 2], rows.Select(row => row.RankGroup));
    }

    [Fact]
    public void Whoever_starves_its_clients_ranks_behind_all_who_serve_theirs_however_many_requests_it_answers()
    {
        (string, double, int)[] cases = [("blocking", 200, 5), ("poll", 100, 5), ("select", 50, 5), ("other", 50, 5)];
        var rows = Cases(cases).Select(row => row.Model is "blocking" or "other" ? Starved(row) : row);
        Assert.Equal([3, 1, 2, 4], Ranking.Complete([.. rows], AllWindows(cases), null).Select(row => row.RankGroup));

        static SummaryRow Starved(SummaryRow row) => row with { Verdict = Verdict.Starved };
    }

    [Fact]
    public void The_ratio_is_to_the_baseline_which_has_none()
    {
        var rows = Complete("poll", ("epoll-level", 100, 5), ("poll", 50, 5));
        Assert.Equal(2, rows[0].Ratio!.Value, 0.05);
        Assert.InRange(rows[0].Ratio!.Value, rows[0].RatioCiLow!.Value, rows[0].RatioCiHigh!.Value);
        Assert.Equal(Difference.Faster, rows[0].VersusBaseline);
        Assert.Null(rows[1].Ratio);
        Assert.Null(rows[1].VersusBaseline);
    }

    [Fact]
    public void From_fewer_than_five_rounds_there_is_a_ratio_and_no_word()
    {
        var rows = Complete("poll", ("epoll-level", 100, 3), ("poll", 50, 3));
        Assert.Equal(
            (Difference.Undecided, null, null),
            (rows[0].VersusBaseline, rows[0].RatioCiLow, rows[0].RankGroup)
        );
        Assert.Equal(2, rows[0].Ratio!.Value, 0.05);
    }

    [Fact]
    public void Without_a_baseline_there_is_no_ratio() =>
        Assert.All(Complete(null, ("epoll-level", 100, 5), ("poll", 50, 5)), row => Assert.Null(row.Ratio));

    [Fact]
    public void Cases_with_other_clients_are_no_competitors()
    {
        SummaryRow[] rows = [Rows.Measured("poll", 10), Rows.Measured("poll", 20)];
        var windows = Windows("poll", 10, 100, 5).Concat(Windows("poll", 20, 10, 5));
        Assert.Equal([1, 1], Ranking.Complete(rows, windows, null).Select(row => row.RankGroup));
    }

    [Fact]
    public void A_case_without_figures_is_left_as_it_is()
    {
        var skipped = Rows.Skipped();
        Assert.Equal([skipped], Ranking.Complete([skipped], [], "poll"));
    }

    private static IReadOnlyList<SummaryRow> Complete(
        string? baseline,
        params (string Model, double Rate, int Rounds)[] cases
    ) => Ranking.Complete([.. Cases(cases)], AllWindows(cases), baseline);

    private static IEnumerable<SummaryRow> Cases((string Model, double, int)[] cases) =>
        cases.Select(one => Rows.Measured(one.Model, 10));

    private static IEnumerable<WindowRow> AllWindows((string Model, double Rate, int Rounds)[] cases) =>
        cases.SelectMany(one => Windows(one.Model, 10, one.Rate, one.Rounds));

    // Windows of a round differ a little, and rounds too.
    private static IEnumerable<WindowRow> Windows(string model, int clients, double rate, int rounds) =>
        from round in Enumerable.Range(1, rounds)
        from window in Enumerable.Range(1, 2)
        select Rows.Window(window, (long)(rate * 1000 + 100 * round + window)) with
        {
            Model = model,
            Clients = clients,
            Round = round,
            Seconds = 1,
        };
}
