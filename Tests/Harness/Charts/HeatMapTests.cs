using C10k.Harness.Charts;
using C10k.Harness.Judging;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class HeatMapTests
{
    private static readonly SummaryRow _baseline = Row("poll", 1_000);

    [Fact]
    public void A_row_is_a_model_and_a_column_a_workload()
    {
        var map = Assert.Single(Of(_baseline, Row("async", 500), Row("poll", 10) with { Workload = "http" }));
        Assert.Equal((100, "poll"), (map.Clients, map.Baseline));
        Assert.Equal(["echo", "http"], map.Workloads);
        Assert.Equal(["poll 1.00 1.00", "async 0.50 –"], map.Rows.Select(Text));

        static string Text(HeatRow row) => $"{row.Model} {string.Join(' ', row.Cells.Select(cell => cell.Text))}";
    }

    [Fact]
    public void Each_number_of_clients_has_its_own_in_ascending_order() =>
        Assert.Equal(
            [100, 1_000],
            Of(_baseline with { Clients = 1_000 }, _baseline, _baseline with { Workload = "http" })
                .Select(map => map.Clients)
        );

    [Fact]
    public void With_one_workload_or_without_a_baseline_there_is_none()
    {
        Assert.Empty(HeatMap.Of(Source(_baseline)));
        Assert.Empty(HeatMap.Of(Source(_baseline, _baseline with { Workload = "http" }) with { Baseline = null }));
    }

    [Fact]
    public void What_the_run_computed_goes_before_the_ratio_of_the_medians() =>
        Assert.Equal([0.7, 0.5], [Cell(Row("async", 500) with { Ratio = 0.7 }).Ratio, Cell(Row("async", 500)).Ratio]);

    [Fact]
    public void Of_two_rows_of_a_case_the_later_counts() =>
        Assert.Equal(0.5, Of(_baseline, Row("async", 1), Row("async", 500), Elsewhere)[0].Rows[1].Cells[0].Ratio);

    [Fact]
    public void A_baseline_that_answered_nothing_is_nothing_to_compare_with() =>
        Assert.Null(HeatCell.Of(Row("async", 500), Row("poll", 0)).Ratio);

    [Fact]
    public void A_case_that_was_not_measured_has_no_ratio_and_no_colour()
    {
        HeatCell cell = Cell(Row("async", null) with { Status = CaseStatus.Failed });
        Assert.Equal(("–", null), (cell.Text, cell.Step));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(Difference.Undecided, true)]
    [InlineData(Difference.Same, false)]
    [InlineData(Difference.Slower, false)]
    internal void Whether_it_is_decided_is_the_word_of_the_run(Difference? word, bool undecided) =>
        Assert.Equal(undecided, Cell(Row("async", 500) with { VersusBaseline = word }).Undecided);

    [Fact]
    public void The_baseline_is_never_undecided() => Assert.False(Cell(_baseline).Undecided);

    [Fact]
    public void A_starved_case_has_an_asterisk_which_is_explained()
    {
        SummaryRow starved = Row("async", 500) with { Verdict = Verdict.Starved };
        Assert.Equal("0.50*", Cell(starved).Text);
        const string Note = "With *: of the clients that were served, and not all were.";
        Assert.Contains(Note, HeatChart.Of(Of(_baseline, starved, Elsewhere)[0]).Notes);
        Assert.DoesNotContain(Note, HeatChart.Of(Of(_baseline, Elsewhere)[0]).Notes);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 1)]
    [InlineData(0.94, 3)]
    [InlineData(1, 4)]
    [InlineData(1.05, 5)]
    [InlineData(1e9, 6)]
    public void Colours_change_at_fixed_stops(double ratio, int step) => Assert.Equal(step, HeatScale.StepOf(ratio));

    [Fact]
    public void There_is_a_colour_between_any_two_stops_and_beyond_each_end() =>
        Assert.Equal(HeatScale.Stops.Count + 1, HeatScale.Colours.Distinct().Count());

    private static SummaryRow Elsewhere => _baseline with { Workload = "http" };

    private static HeatCell Cell(SummaryRow row) => HeatCell.Of(row, _baseline);

    private static IReadOnlyList<HeatMap> Of(params SummaryRow[] rows) => HeatMap.Of(Source(rows));

    private static ChartSource Source(params SummaryRow[] rows) =>
        new()
        {
            Summary = rows,
            Baseline = "poll",
            FamilyOf = model => model,
            Environment = "env",
        };

    private static SummaryRow Row(string model, double? rps) =>
        new()
        {
            Model = model,
            Workload = "echo",
            Clients = 100,
            Status = CaseStatus.Ok,
            ThroughputRps = rps,
        };
}
