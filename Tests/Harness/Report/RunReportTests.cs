using System.Text.RegularExpressions;
using System.Xml.Linq;
using C10k.Harness.Charts;
using C10k.Harness.Judging;
using C10k.Harness.Report;
using C10k.Harness.Results;
using C10k.Tests.Harness.Charts;
using C10k.Tests.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Report;

public sealed partial class RunReportTests
{
    private const int MostBytes = 1_000_000;

    [Fact]
    public void The_same_files_give_the_same_page_and_charts_byte_for_byte()
    {
        using var folder = ReportFolder.Of(6, 100, 1000);
        folder.Write();
        var before = Everything(folder);
        folder.Write();
        Assert.Equal(before, Everything(folder));

        static List<string> Everything(ReportFolder folder) =>
            [.. Directory.GetFiles(folder.Results.Charts).Order().Select(File.ReadAllText).Append(folder.Page)];
    }

    [Fact]
    public void Two_dozen_models_at_three_numbers_of_clients_take_less_than_a_megabyte()
    {
        using var folder = ReportFolder.Full(24, 100, 1000, 10_000);
        folder.Write();
        Assert.InRange(new FileInfo(folder.Results.ReportHtml).Length, 1, MostBytes);
    }

    [Fact]
    public void No_picture_of_memory_per_client_is_lit_where_the_column_of_all_memory_is_chosen() =>
        Assert.DoesNotContain("rss_peak_mb", ChartSet.Metrics.Select(metric => metric.Column));

    [Fact]
    public void The_page_refers_to_no_network()
    {
        using var folder = ReportFolder.Of(3, 100, 1000);
        Assert.Empty(Reference().Matches(folder.Write()).Select(match => match.Value));
    }

    [Fact]
    public void Every_case_has_a_row_that_reads_without_script()
    {
        using var folder = ReportFolder.Of(6, 100, 1000);
        var page = folder.Write();
        Assert.Equal(12, Regex.Count(page, "<tbody id=\"case-"));
        Assert.Contains("<h2>Ranking at 1,000 clients</h2>", page, StringComparison.Ordinal);
        Assert.Contains(
            "./run-bench.sh --models epoll-level --workload echo --clients 100 --rounds 5 --windows 3 "
                + "--window 2s --warmup 500ms --size 64 --server-cpus 0 --load-cpus 1 --seed 42",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_a_server_or_a_file_calls_itself_is_text_and_never_markup()
    {
        const string Evil = "<script>alert(1)</script>\"'&";
        using var folder = new ReportFolder();
        folder.Put([
            Rows.Measured(Evil) with
            {
                Reason = Evil,
            },
            Rows.Measured(Evil, 10),
            Rows.Skipped("poll") with
            {
                Reason = Evil,
            },
        ]);
        folder.Put(
            [
                new ModelRow
                {
                    Model = Evil,
                    Family = Evil,
                    Summary = Evil,
                    UsedBy = Evil,
                    Limits = Evil,
                },
            ],
            folder.Results.ModelsCsv
        );
        File.WriteAllText(
            folder.Results.EnvironmentJson,
            """{"cpu": "<script>alert(1)</script>", "baseline": "<script>alert(1)</script>\"'&"}"""
        );
        var page = folder.Write();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_alone_is_enough()
    {
        using var folder = new ReportFolder();
        folder.Put([Rows.Measured(), Rows.Skipped()]);
        var page = folder.Write();
        Assert.Contains("48,074", page, StringComparison.Ordinal);
        Assert.Contains("needs 10,016 descriptors, select takes 1,024", page, StringComparison.Ordinal);
        Assert.Contains("environment unknown", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_column_of_the_summary_is_somewhere_on_the_page()
    {
        var row = FullRun.Of(1, 100).Summary[0] with { Errors = 3, ErrorKinds = "3 wrong", Suspect = "odd figures" };
        Assert.DoesNotContain(
            "",
            RowColumns<SummaryRow>.Names.Select(name => RowColumns<SummaryRow>.TextOf(row, name))
        );
        using var folder = new ReportFolder();
        folder.Put([row]);
        var page = Decoded(folder.Write());
        var told = Named().Matches(page).Select(match => match.Value).ToList();
        // What has no name there can be seen as it is.
        string[] shown =
        [
            "epoll-level",
            "echo at 100 clients",
            "data-status=\"ok\"",
            row.Reason!,
            $"{row.ThroughputCiLowRps:#,0} – {row.ThroughputCiHighRps:#,0}",
            $"{row.RatioCiLow:0.00} – {row.RatioCiHigh:0.00}",
        ];
        Assert.All(shown, text => Assert.Contains(text, page, StringComparison.Ordinal));
        string[] nameless =
        [
            "model",
            "workload",
            "clients",
            "status",
            "reason",
            "throughput_ci_low_rps",
            "throughput_ci_high_rps",
            "ratio_ci_low",
            "ratio_ci_high",
        ];
        Assert.Equal([], RowColumns<SummaryRow>.Names.Except(told).Except(nameless));
    }

    [Fact]
    public void Models_are_set_against_workloads_only_where_there_are_several()
    {
        const string Table = "<table class=\"heat\"";
        using var folder = ReportFolder.Of(3, 100);
        var picture = Path.Combine(folder.Results.Charts, "heat-map-100.svg");
        Assert.DoesNotContain(Table, folder.Write(), StringComparison.Ordinal);
        Assert.False(File.Exists(picture));
        folder.Put([
            Rows.Measured("epoll-level", 100) with
            {
                Workload = "hello",
            },
            Rows.Measured("async", 100) with
            {
                Workload = "hello",
                ThroughputRps = 19_229.7,
                Ratio = 0.4,
                VersusBaseline = Difference.Undecided,
            },
        ]);
        var page = folder.Write();
        Assert.Contains(Table, page, StringComparison.Ordinal);
        Assert.Contains("undecided\">0.40<", page, StringComparison.Ordinal);
        Assert.True(File.Exists(picture));
    }

    [Fact]
    public void The_heat_map_of_the_page_and_the_file_have_the_same_cells()
    {
        using var folder = new ReportFolder();
        folder.Put(SampleRun.Of(6, 1000).InWorkloads("echo", "hello").Summary);
        File.WriteAllText(folder.Results.EnvironmentJson, """{"baseline": "epoll-level"}""");
        var onPage = HeatCells().Matches(folder.Write()).Select(ReadPage);
        var svg = XElement.Load(Path.Combine(folder.Results.Charts, "heat-map-1000.svg"));
        // The first are the paper and the legend.
        var inFile = svg.All("rect").Skip(HeatScale.Colours.Count + 2).Select(ReadFile);
        Assert.Equal(12, inFile.Count());
        Assert.Equal(onPage, inFile);

        static (string, bool, string) ReadPage(Match cell) =>
            (
                HeatScale.Colours[cell.Groups["step"].Value[0] - '0'],
                cell.Groups["hatched"].Length > 0,
                cell.Groups["text"].Value
            );

        static (string, bool, string) ReadFile(XElement cell) =>
            (
                cell.Attribute("fill")!.Value,
                cell.ElementsAfterSelf().First().Name == SvgReader.Svg + "path",
                cell.ElementsAfterSelf(SvgReader.Svg + "text").First().Value
            );
    }

    [Fact]
    public void Files_of_a_newer_version_are_shown_with_a_warning_and_those_of_this_one_without()
    {
        using var folder = ReportFolder.Of(3, 100);
        Assert.DoesNotContain("newer bench", folder.Write(), StringComparison.Ordinal);
        var environment = File.ReadAllText(folder.Results.EnvironmentJson);
        File.WriteAllText(
            folder.Results.EnvironmentJson,
            environment.Replace("\"schema_version\": 1", "\"schema_version\": 99", StringComparison.Ordinal)
        );
        Assert.Contains("of a newer bench (schema 99, this one knows 1)", folder.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_whose_row_was_cut_off_are_told()
    {
        const string Told = "and no row in summary.csv: 2. ";
        using var folder = ReportFolder.Of(3, 100);
        Assert.DoesNotContain(Told, folder.Write(), StringComparison.Ordinal);
        File.WriteAllLines(folder.Results.SummaryCsv, File.ReadLines(folder.Results.SummaryCsv).Take(2).ToList());
        Assert.Contains(Told, folder.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_that_begins_at_nothing_is_no_interval()
    {
        using var folder = new ReportFolder();
        folder.Put([Rows.Measured() with { ThroughputCiLowRps = 0, ThroughputCiHighRps = 123_456 }]);
        var page = folder.Write();
        Assert.DoesNotContain("123,456", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "confidence interval",
            File.ReadAllText(Path.Combine(folder.Results.Charts, "echo-throughput.svg")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_model_leads_to_its_source_where_the_folder_lies_in_its_tree()
    {
        using var folder = ReportFolder.Of(1, 100);
        File.Delete(folder.Results.ModelsCsv);
        folder.Put(
            [
                new ModelRow
                {
                    Model = "epoll-level",
                    Family = "readiness",
                    Source = "Servers/Models/Readiness/ReadinessModel.cs",
                },
            ],
            folder.Results.ModelsCsv
        );
        Assert.DoesNotContain("href=\"..", folder.Write(), StringComparison.Ordinal);
        var tree = Path.GetDirectoryName(folder.Results.FullPath)!;
        Directory.CreateDirectory(Path.Combine(tree, "Servers", "Models", "Readiness"));
        File.WriteAllText(Path.Combine(tree, "Servers", "Models", "Readiness", "ReadinessModel.cs"), "");
        Assert.Contains(
            "<a href=\"../Servers/Models/Readiness/ReadinessModel.cs\">Servers/Models/Readiness/ReadinessModel.cs</a>",
            folder.Write(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Too_few_samples_for_a_time_series_are_told()
    {
        using var folder = ReportFolder.Of(3, 100, 1000);
        var all = CsvFile.Read<SampleRow>(folder.Results.SamplesCsv);
        File.Delete(folder.Results.SamplesCsv);
        folder.Put(
            all.Where(row => row.Clients == 100 || row.Seconds < 0.15 && row.Round == 1),
            folder.Results.SamplesCsv
        );
        var page = folder.Write();
        Assert.Contains("At 1,000 clients there are too few samples for a line", page, StringComparison.Ordinal);
        Assert.DoesNotContain("At 100 clients there are too few", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_waiting_costs_is_a_section_of_a_run_or_a_page_of_its_own()
    {
        MachineLatencyRow[] rows =
        [
            new()
            {
                Operation = "l1",
                Title = "first-level cache",
                MedianNs = 1.2,
                ScaledSeconds = 4,
                Meaning = "a load",
            },
            new()
            {
                Operation = "l3",
                Title = "third-level cache",
                Meaning = "a load",
                Reason = "there is none",
            },
        ];
        const string Section = "What waiting costs on this machine</h2>";
        using var run = ReportFolder.Of(3, 100);
        Assert.DoesNotContain(Section, run.Write(), StringComparison.Ordinal);
        run.Put(rows, run.Results.LatenciesCsv);
        Assert.Contains(Section, run.Write(), StringComparison.Ordinal);
        using var alone = new ReportFolder();
        alone.Put(rows, alone.Results.LatenciesCsv);
        var page = Decoded(alone.Write());
        Assert.Contains("1.20 ns", page, StringComparison.Ordinal);
        Assert.Contains("a load. Not measured: there is none.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_interrupted_before_its_first_case_gives_a_page_too()
    {
        using var folder = new ReportFolder();
        folder.Put(Array.Empty<SummaryRow>());
        Assert.Contains("0 of 0", folder.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_of_an_earlier_run_give_a_page()
    {
        using var folder = new ReportFolder();
        foreach (var name in (string[])["summary.csv", "windows.csv", "latency.csv", "environment.json"])
        {
            var stored = RepositoryRoot.File("Tests", "Harness", "Report", "Stored", name);
            File.Copy(stored, Path.Combine(folder.Results.FullPath, name));
        }
        var page = folder.Write();
        Assert.Contains("prefork:workers=4,pinned=yes", page, StringComparison.Ordinal);
        Assert.Contains("the server was not ready within 15 s", page, StringComparison.Ordinal);
        Assert.Contains("Example CPU of schema 1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("newer bench", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranks_and_ratios_that_a_run_computed_are_shown_and_others_are_those_of_the_medians()
    {
        using var folder = ReportFolder.Of(3, 100);
        Assert.DoesNotContain("0.82×", folder.Write(), StringComparison.Ordinal);
        folder.SetColumns(
            "ratio,ratio_ci_low,ratio_ci_high,rank_group,suspect",
            model => model == "async" ? "0.82,0.8,0.85,2,odd figures" : ",,,1,"
        );
        var page = folder.Write();
        Assert.Contains("0.82×", Decoded(page), StringComparison.Ordinal);
        Assert.Contains("0.80 – 0.85", Decoded(page), StringComparison.Ordinal);
        Assert.Contains("suspect: odd figures", page, StringComparison.Ordinal);
        Assert.Contains("thread-per-connection cannot be told apart from it", page, StringComparison.Ordinal);
    }

    private static string Decoded(string page) => System.Net.WebUtility.HtmlDecode(page);

    [GeneratedRegex(
        "(?:src|href)=\"(?:https?:)?//[^\"]*|@import|url\\(",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Reference();

    // A column of the table, or a figure below it.
    [GeneratedRegex("(?<=<td data-key=\"|<li>)[a-z0-9_]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Named();

    [GeneratedRegex(
        "<td class=\"step(?<step>\\d)(?<hatched> undecided)?\">(?<text>[^<]*)(?=<)",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex HeatCells();
}
