using System.Globalization;
using System.Text;
using System.Xml.Linq;
using C10k.Harness.Charts;
using C10k.Harness.Planning;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class SvgChartRendererTests
{
    [Fact]
    public void A_line_chart_looks_as_it_did() =>
        Golden.Check(
            "lines.svg",
            SvgChartRenderer.ToSvg(
                ExampleCharts.Of(
                    ExampleCharts.Line("epoll-level", 61_000, 47_000, 36_000),
                    new Series("select", "select", "readiness", [new(100, 52_000, 45_000, 60_000), new(1_000, 6_000)]),
                    new Series(
                        "prefork",
                        "prefork",
                        "processes",
                        [new(100, 47_000), new(10_000, 17_000, Partial: true)]
                    )
                )
            )
        );

    [Fact]
    public void A_chart_with_one_x_has_a_row_for_each_model_the_best_first()
    {
        Chart chart = ExampleCharts.Of(
            ExampleCharts.Line("slow", 10),
            ExampleCharts.Line("fast", 20),
            new Series("middle", "middle", "threads", [new(100, 15, 11, 18)])
        );
        Golden.Check("rows.svg", SvgChartRenderer.ToSvg(chart));
        Assert.Equal(["fast", "middle", "slow"], NamesDownwards(chart));
        Assert.Equal(["slow", "middle", "fast"], NamesDownwards(chart with { Better = Better.Lower }));
    }

    [Fact]
    public void A_time_series_looks_as_it_did()
    {
        var charts = ChartSet.Of(SampleRun.Of(3, 1_000).WithSamples(rounds: 1, windows: 2));
        Golden.Check(
            "times.svg",
            SvgChartRenderer.ToSvg(charts.Single(chart => chart.Id == "echo-time-requests-1000"))
        );
    }

    [Fact]
    public void What_waiting_costs_looks_as_it_did()
    {
        var source = SampleRun.Of(0).Source with { Machine = SampleRun.Machine };
        Golden.Check("latencies.svg", SvgChartRenderer.ToSvg(Assert.Single(ChartSet.Of(source))));
    }

    [Fact]
    public void A_heat_map_looks_as_it_did() =>
        Golden.Check(
            "heat-map.svg",
            SvgChartRenderer.ToSvg(HeatMapOf(6, "echo", "idle", "chat", "http", "rate:rate=20000"))
        );

    [Fact]
    public void Undecided_cells_of_a_heat_map_are_hatched_and_one_in_the_legend()
    {
        Chart chart = HeatMapOf(6, "echo", "http");
        int undecided = chart.Heat!.Rows.SelectMany(row => row.Cells).Count(cell => cell.Undecided);
        Assert.NotEqual(0, undecided);
        Assert.Equal(undecided + 1, SvgReader.Draw(chart).All("path").Count());
    }

    [Fact]
    public void Every_colour_of_a_heat_map_and_every_stop_between_them_is_in_its_legend()
    {
        XElement svg = SvgReader.Draw(HeatMapOf(1, "echo", "http"));
        Assert.All(HeatScale.Colours, colour => Assert.Contains(colour, svg.All("rect").Select(Fill)));
        Assert.All(HeatScale.Stops, stop => Assert.Contains($"{stop}", svg.Texts().Select(t => t.Text)));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(24)]
    public void No_text_leaves_the_picture_and_no_two_overlap(int models)
    {
        foreach (Chart chart in AllKinds(models))
        {
            XElement svg = SvgReader.Draw(chart);
            SvgText[] texts = svg.Texts();
            Assert.All(texts, t => Assert.True(t.Left >= 0 && t.Right <= svg.Number("width"), $"{chart.Id}: {t}"));
            Assert.All(texts, t => Assert.True(t.Top >= 0 && t.Bottom <= svg.Number("height"), $"{chart.Id}: {t}"));
            for (int i = 0; i < texts.Length; i++)
            {
                Assert.DoesNotContain(texts[(i + 1)..], other => other.Overlaps(texts[i]));
            }
        }
    }

    [Fact]
    public void Every_model_is_named_in_its_chart()
    {
        Chart chart = SampleRun.Of(24, 100, 1_000, 10_000).Charts()[0];
        string[] texts = [.. SvgReader.Draw(chart).Texts().Select(t => t.Text)];
        Assert.Equal(24, chart.Series.Count);
        Assert.All(chart.Series, s => Assert.Contains(s.Name, texts));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a & b \"c\" 'd' ]]>")]
    [InlineData("Grüße, 世界 😀")]
    public void Any_text_reaches_the_picture_as_it_is(string text)
    {
        Chart chart = new()
        {
            Id = text,
            Title = text,
            Subtitle = text,
            X = new Axis(text, Unit.Count, Scale.Logarithmic),
            Y = new Axis(text, Unit.Count, Scale.Logarithmic),
            Series = [Series(text, 1), Series("other", 2)],
            Notes = [text],
        };
        XElement svg = SvgReader.Draw(chart);
        Assert.Equal(text, svg.Element(SvgReader.Svg + "title")!.Value);
        Assert.Equal(7, svg.Texts().Count(t => t.Text == text));
        Assert.Equal(Kinds(ExampleCharts.Of(ExampleCharts.Line("a", 1, 2))), Kinds(chart));

        static Series Series(string name, double y) => new(name, name, name, [new(100, y), new(1_000, y)]);
    }

    [Fact]
    public void What_servers_and_workloads_are_called_reaches_a_heat_map_as_it_is()
    {
        const string Text = "<b>&\"'";
        XElement svg = SvgReader.Draw(
            HeatChart.Of(new HeatMap(1, Text, [Text, "echo"], [new HeatRow(Text, [new(1), new(null)])]))
        );
        Assert.Equal(2, svg.Texts().Count(t => t.Text == Text));
        Assert.Contains(
            svg.Texts(),
            t => t.Text.StartsWith($"Throughput for each 1 of {Text}'s", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("\u0001\u0000\u001b[31m")]
    [InlineData("\ud800 half a pair \udc00")]
    [InlineData("\uffff")]
    public void What_XML_cannot_hold_is_replaced(string text)
    {
        Chart chart = ExampleCharts.Of(ExampleCharts.Line(text, 1, 2)) with { Title = text, Notes = [text] };
        Assert.Contains('\uFFFD', SvgReader.Draw(chart).Element(SvgReader.Svg + "title")!.Value);
    }

    [Fact]
    public void A_point_without_a_value_breaks_the_line()
    {
        XElement whole = SvgReader.Draw(ExampleCharts.Of(ExampleCharts.Line("a", 1, 2, 3, 4, 5)));
        XElement broken = SvgReader.Draw(ExampleCharts.Of(ExampleCharts.Line("a", 1, 2, null, 4, 5)));
        Assert.Equal(1, whole.All("polyline").Count(IsSolid));
        Assert.Equal(2, broken.All("polyline").Count(IsSolid));
    }

    [Fact]
    public void A_partial_point_is_hollow()
    {
        Chart chart = ExampleCharts.Of(
            new Series("async", "async", "async", [new(100, 1), new(1_000, 2, Partial: true)])
        );
        IEnumerable<XElement> inPlot = SvgReader.Draw(chart).All("circle").Take(3);
        Assert.Equal(2, SvgReader.Draw(chart).All("circle").Count(c => c.Attribute("fill")!.Value != Palette.Paper));
        Assert.Single(inPlot, c => c.Attribute("fill")!.Value == Palette.Paper);
    }

    [Fact]
    public void An_interval_narrower_than_the_marker_is_not_drawn()
    {
        int without = Lines(null, null);
        Assert.Equal(without, Lines(999, 1_001));
        Assert.Equal(without + 3, Lines(300, 3_000));
        Assert.Equal(without + 3, Lines(-5, 1_000));

        static int Lines(double? low, double? high) =>
            SvgReader
                .Draw(ExampleCharts.Of(new Series("a", "a", "threads", [new(100, 1_000, low, high), new(1_000, 1e6)])))
                .All("line")
                .Count(l => l.Attribute("stroke")!.Value == Palette.Of("threads"));
    }

    [Fact]
    public void A_pointer_on_a_marker_shows_the_figures()
    {
        XElement svg = SvgReader.Draw(
            ExampleCharts.Of(new Series("a", "a", "f", [new(100, 1_234, 1_100, 1_400), new(1_000, 2)]))
        );
        Assert.Contains("a: 1,234 (1,100 to 1,400), clients: 100", svg.All("title").Select(t => t.Value));
    }

    [Fact]
    public void A_chart_without_points_says_so()
    {
        SvgText[] texts = SvgReader.Draw(ExampleCharts.Of(ExampleCharts.Line("a", null, null))).Texts();
        Assert.Contains("nothing was measured", texts.Select(t => t.Text));
    }

    [Fact]
    public void The_culture_of_the_machine_does_not_matter()
    {
        Chart chart = ExampleCharts.Of(ExampleCharts.Line("a", 1.5, 2.5));
        string expected = SvgChartRenderer.ToSvg(chart);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, SvgChartRenderer.ToSvg(chart));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_renderer_adds_the_extension()
    {
        using var folder = new TemporaryFolder();
        Chart chart = ExampleCharts.Of(ExampleCharts.Line("a", 1, 2));
        new SvgChartRenderer().Render(chart, folder["echo-example"]);
        Assert.Equal(
            Encoding.UTF8.GetBytes(SvgChartRenderer.ToSvg(chart)),
            File.ReadAllBytes(folder["echo-example.svg"])
        );
    }

    private static IEnumerable<Chart> AllKinds(int models) =>
        [
            .. SampleRun.Of(models, 100, 1_000, 10_000).Charts(),
            .. SampleRun.Of(models, 10_000).Charts(),
            .. ChartSet.Of(
                SampleRun.Of(models, 1_000).WithSamples(rounds: 2, windows: 3) with
                {
                    Machine = SampleRun.Machine,
                }
            ),
            .. SampleRun.Of(models, 50, 300, 310, 320, 7_000).Charts(),
            HeatMapOf(models, "echo", "http"),
            HeatMapOf(models, [.. WorkloadCatalogue.All.Select(workload => workload.Id)]),
            HeatMapOf(models, [.. Enumerable.Range(1, 40).Select(n => $"idle:active={n}%,think=exp:500ms")]),
        ];

    private static Chart HeatMapOf(int models, params string[] workloads) =>
        ChartSet.Of(SampleRun.Of(models, 10_000).InWorkloads(workloads)).Single(chart => chart.Heat is not null);

    private static string Fill(XElement element) => element.Attribute("fill")!.Value;

    private static IEnumerable<string> NamesDownwards(Chart chart)
    {
        string[] names = [.. chart.Series.Select(s => s.Name)];
        return SvgReader.Draw(chart).Texts().Where(t => names.Contains(t.Text)).OrderBy(t => t.Top).Select(t => t.Text);
    }

    private static string[] Kinds(Chart chart) =>
        [.. SvgReader.Draw(chart).Descendants().Select(e => e.Name.LocalName).Distinct().Order()];

    private static bool IsSolid(XElement line) => line.Attribute("stroke-dasharray") is null;
}
