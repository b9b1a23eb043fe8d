using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using C10k.Harness.Charts;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class ChartSetTests
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    [Fact]
    public void The_charts_of_a_run_are_these() =>
        Assert.Equal(
            [
                "echo-throughput",
                "echo-p99",
                "echo-threads",
                "echo-context-switches",
                "echo-latency-100",
                "echo-latency-1000",
                "echo-latency-10000",
            ],
            SampleRun.Of(6, 100, 1_000, 10_000).Charts().Select(c => c.Id)
        );

    [Fact]
    public void Their_data_are_as_they_were() =>
        Golden.Check("charts.json", JsonSerializer.Serialize(SampleRun.Of(6, 1_000, 10_000).Charts(), _json) + "\n");

    [Fact]
    public void Time_series_have_charts_where_there_are_samples_enough()
    {
        var source = SampleRun.Of(2, 100, 1_000).WithSamples(rounds: 1, windows: 1);
        var charts = ChartSet.Of(source).Where(IsOfTime).ToList();
        Assert.Equal(
            [
                "echo-time-requests-100",
                "echo-time-cpu-100",
                "echo-time-threads-100",
                "echo-time-memory-100",
                "echo-time-requests-1000",
                "echo-time-cpu-1000",
                "echo-time-threads-1000",
                "echo-time-memory-1000",
            ],
            charts.Select(chart => chart.Id)
        );
        Golden.Check("times.json", JsonSerializer.Serialize(charts.Take(4), _json) + "\n");
        var few = source with { Samples = source.Samples.SelectMany(rows => rows.Take(7)).ToLookup(Key) };
        Assert.DoesNotContain(ChartSet.Of(few), IsOfTime);
    }

    [Fact]
    public void Of_many_time_series_those_are_drawn_that_the_page_pins_and_that_is_said()
    {
        var run = SampleRun.Of(24, 100);
        var chart = ChartSet.Of(run.WithSamples(rounds: 1, windows: 1)).First(IsOfTime);
        Assert.Equal(
            DefaultPins.Of(run.Summary, "epoll-level", SampleRun.FamilyOf).Order(),
            chart.Series.Select(series => series.Id).Order()
        );
        Assert.Contains(chart.Notes, note => note.StartsWith("5 of 24 models: the baseline", StringComparison.Ordinal));
    }

    [Fact]
    public void Service_times_have_a_chart_where_requests_waited_to_be_sent()
    {
        Assert.Equal(["echo-latency-100"], IdsWith(serviceUs: 20));
        Assert.Equal(["echo-latency-100", "echo-service-100"], IdsWith(serviceUs: 12));

        static IEnumerable<string> IdsWith(double serviceUs) =>
            ChartSet
                .Of(
                    new()
                    {
                        Latencies =
                        [
                            Latency(50, 20) with
                            {
                                ServiceUs = serviceUs,
                            },
                            Latency(99, 30) with
                            {
                                ServiceUs = 30,
                            },
                        ],
                        FamilyOf = model => model,
                        Environment = "env",
                    }
                )
                .Select(chart => chart.Id);
    }

    [Fact]
    public void What_waiting_costs_is_a_chart_of_its_own()
    {
        var source = SampleRun.Of(0).Source with { Machine = SampleRun.Machine };
        var chart = Assert.Single(ChartSet.Of(source));
        Golden.Check("latencies.json", JsonSerializer.Serialize(chart, _json) + "\n");
        Assert.Contains("Not measured: third-level cache: the kernel tells of none.", chart.Notes);
        Assert.Equal(SampleRun.Environment, chart.Notes[^1]);
    }

    [Fact]
    public void Each_workload_has_charts_of_its_own()
    {
        SummaryRow[] rows = [Row("a", 100, 1), Row("a", 100, 2) with { Workload = "http/keep alive" }];
        Assert.Equal(["echo-throughput", "http_keep_alive-throughput"], Of(rows).Select(c => c.Id));
        Assert.Equal("Workload http/keep alive", Of(rows)[1].Subtitle);
    }

    [Fact]
    public void Workloads_side_by_side_are_a_chart_for_each_number_of_clients()
    {
        var source = SampleRun.Of(6, 1_000, 10_000).InWorkloads("echo", "http");
        var charts = ChartSet.Of(source).Where(chart => chart.Heat is not null).ToList();
        Assert.Equal(["heat-map-1000", "heat-map-10000"], charts.Select(chart => chart.Id));
        Golden.Check("heat-map.json", JsonSerializer.Serialize(charts[1], _json) + "\n");
        Assert.DoesNotContain(ChartSet.Of(source with { Baseline = null }), chart => chart.Heat is not null);
    }

    [Fact]
    public void The_last_note_says_where_it_was_measured() =>
        Assert.All(SampleRun.Of(6, 100, 10_000).Charts(), c => Assert.Equal(SampleRun.Environment, c.Notes[^1]));

    [Theory]
    [InlineData(CaseStatus.Failed, "Not measured: a (failed at 1k).")]
    [InlineData(CaseStatus.Skipped, "Not measured: a (skipped at 1k).")]
    internal void A_case_that_was_not_measured_has_no_point(CaseStatus status, string note)
    {
        Chart chart = Assert.Single(Of(Row("a", 100, 10), Row("a", 1_000, 99) with { Status = status }));
        Assert.Equal([10, null], chart.Series[0].Points.Select(p => p.Y));
        Assert.Contains(note, chart.Notes);
    }

    [Fact]
    public void A_model_without_any_point_is_only_in_the_note()
    {
        Chart chart = Assert.Single(Of(Row("a", 100, 10), Row("b", 100, null) with { Status = CaseStatus.Skipped }));
        Assert.Equal(["a"], chart.Series.Select(s => s.Id));
        Assert.Contains("Not measured: b (skipped at 100).", chart.Notes);
    }

    [Fact]
    public void A_metric_that_could_not_be_had_has_no_point_and_without_any_no_chart() =>
        Assert.Equal(["echo-throughput"], Of(Row("a", 100, 10), Row("a", 1_000, null)).Select(c => c.Id));

    [Fact]
    public void A_starved_case_is_partial_and_says_how_many_were_served()
    {
        SummaryRow starved = Row("prefork", 10_000, 5) with { Verdict = Verdict.Starved, ClientsServed = 7_312 };
        Chart chart = Assert.Single(Of(Row("prefork", 100, 10), starved, Row("async", 100, 10)));
        Assert.Equal([false, true], chart.Series[0].Points.Select(p => p.Partial));
        Assert.Contains("Hollow markers: not every client was served: prefork (7,312 of 10,000).", chart.Notes);
    }

    [Fact]
    public void Of_two_rows_of_a_case_the_later_counts() =>
        Assert.Equal([7], Of(Row("a", 100, 3), Row("a", 100, 7))[0].Series[0].Points.Select(p => p.Y!.Value));

    [Fact]
    public void Points_ascend_whatever_the_order_of_the_rows() =>
        Assert.Equal(
            [100, 1_000, 10_000],
            Of(Row("a", 1_000, 1), Row("a", 10_000, 1), Row("a", 100, 1))[0].Series[0].Points.Select(p => p.X)
        );

    [Fact]
    public void The_family_is_the_callers_word() =>
        Assert.Equal("family of a", Of(Row("a", 100, 1))[0].Series[0].Family);

    [Fact]
    public void No_rows_are_no_charts() => Assert.Empty(Of());

    [Fact]
    public void Latencies_alone_have_their_chart()
    {
        LatencyRow[] rows = [Latency(99, 20), Latency(50, 10), Latency(100, 30)];
        Chart chart = Assert.Single(
            ChartSet.Of(
                new()
                {
                    Latencies = rows,
                    FamilyOf = model => model,
                    Environment = "env",
                }
            )
        );
        Assert.Equal("echo-latency-100", chart.Id);
        Assert.Equal([50, 99, 100], chart.Series[0].Points.Select(p => p.X));
    }

    [Fact]
    public void A_picture_over_time_says_whom_it_leaves_out_and_who_was_not_served_whole()
    {
        var run = SampleRun.Of(3, 100);
        var source = (
            run with
            {
                Summary = [.. run.Summary.Select((row, i) => i == 1 ? row with { Verdict = Verdict.Starved } : row)],
            }
        ).WithSamples(1, 1);
        var (first, second, third) = (run.Summary[0].Model, run.Summary[1].Model, run.Summary[2].Model);
        var samples = source.Samples.Where(of => of.Key.Model != third).SelectMany(of => of).ToLookup(Key);
        Chart chart = ChartSet.Of(source with { Samples = samples }).First(IsOfTime);
        Assert.Equal([first, second], chart.Series.Select(series => series.Id));
        Assert.All(
            chart.Series,
            series => Assert.All(series.Points, p => Assert.Equal(series.Id == second, p.Partial))
        );
        Assert.Contains($"Too few samples for a line, which takes {TimeLine.Fewest}: {third}.", chart.Notes);
        Assert.Contains(chart.Notes, note => note.StartsWith("Hollow markers: ", StringComparison.Ordinal));
    }

    private static bool IsOfTime(Chart chart) => chart.Id.Contains("-time-", StringComparison.Ordinal);

    private static (string, string, int) Key(SampleRow row) => (row.Model, row.Workload, row.Clients);

    private static LatencyRow Latency(double percentile, double us) =>
        new()
        {
            Model = "a",
            Workload = "echo",
            Clients = 100,
            Percentile = percentile,
            ResponseUs = us,
        };

    private static SummaryRow Row(string model, int clients, double? rps) =>
        new()
        {
            Model = model,
            Workload = "echo",
            Clients = clients,
            Status = CaseStatus.Ok,
            ThroughputRps = rps,
        };

    private static IReadOnlyList<Chart> Of(params SummaryRow[] rows) =>
        ChartSet.Of(
            new()
            {
                Summary = rows,
                FamilyOf = model => $"family of {model}",
                Environment = "env",
            }
        );
}
