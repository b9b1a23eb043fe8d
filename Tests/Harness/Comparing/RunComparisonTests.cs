using C10k.CommandLine;
using C10k.Harness.Comparing;
using C10k.Harness.Judging;
using C10k.Harness.Results;
using C10k.Tests.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Comparing;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_slowdown_is_found_and_fails_where_it_is_forbidden()
    {
        Write("a", 1, rounds: 5);
        Write("b", 0.9, rounds: 5);
        var comparison = Compare("a", "b", failOn: 0.05);
        var row = Assert.Single(comparison.Cases);
        Assert.Equal(("epoll-level", Difference.Slower, 5, 5), (row.Model, row.Word, row.RoundsA, row.RoundsB));
        Assert.Equal(0.9, row.Ratio, 0.01);
        Assert.InRange(row.PValue, 0.007, 0.009);
        Assert.Equal(row, Assert.Single(comparison.Worse));
    }

    [Fact]
    public void A_smaller_slowdown_than_the_forbidden_one_passes()
    {
        Write("a", 1, rounds: 5);
        Write("b", 0.97, rounds: 5);
        Assert.Empty(Compare("a", "b", failOn: 0.05).Worse);
        Assert.Equal(Difference.Slower, Compare("a", "b").Cases[0].Word);
    }

    [Fact]
    public void The_same_figures_twice_are_the_same()
    {
        Write("a", 1, rounds: 8);
        Assert.Equal(Difference.Same, Compare("a", "a").Cases[0].Word);
    }

    [Fact]
    public void More_CPU_for_each_request_is_slower()
    {
        Write("a", 1, rounds: 5);
        Write("b", 0.8, rounds: 5);
        var row = Compare("a", "b", "cpu").Cases[0];
        Assert.Equal(Difference.Slower, row.Word);
        Assert.Equal(1.25, row.Ratio, 0.02);
        Assert.InRange(row.Ratio, row.RatioCiLow!.Value, row.RatioCiHigh!.Value);
    }

    [Fact]
    public void Fewer_than_five_rounds_decide_nothing_and_the_remedy_is_told()
    {
        Write("a", 1, rounds: 4);
        Write("b", 0.5, rounds: 5);
        var comparison = Compare("a", "b", failOn: 0.05);
        Assert.Equal(Difference.Undecided, comparison.Cases[0].Word);
        Assert.Empty(comparison.Worse);
        Assert.Contains(
            "1 of 1 cases have fewer than 5 rounds on a side and stay undecided: run with --rounds 5 or more",
            comparison.Warnings
        );
    }

    [Fact]
    public void Figures_of_a_suspect_case_decide_nothing()
    {
        Write("a", 1, rounds: 5);
        Write("b", 0.5, rounds: 5, suspect: "other programs took 40 % of the server's CPUs");
        var comparison = Compare("a", "b", failOn: 0.05);
        Assert.Equal(Difference.Undecided, comparison.Cases[0].Word);
        Assert.Equal("B is suspect: other programs took 40 % of the server's CPUs", comparison.Cases[0].Note);
        Assert.Empty(comparison.Worse);
        Assert.Equal(Difference.Slower, Compare("a", "b", "cpu").Cases[0].Word);
    }

    [Fact]
    public void Other_programs_that_took_as_much_of_the_CPUs_in_both_runs_spoil_nothing()
    {
        Write("a", 1, rounds: 5, suspect: "other programs took 21 % of the server's CPUs", row: Others(server: 0.21));
        Write("b", 0.9, rounds: 5, suspect: "other programs took 20 % of the server's CPUs", row: Others(server: 0.2));
        var comparison = Compare("a", "b", failOn: 0.05);
        Assert.Equal(Difference.Slower, comparison.Cases[0].Word);
        Assert.Single(comparison.Worse);
        Assert.Equal(
            "A is suspect: other programs took 21 % of the server's CPUs; B is suspect: other programs took 20 % of the server's CPUs",
            comparison.Cases[0].Note
        );
        Assert.Equal(Difference.Undecided, Compare("a", "b", "p99").Cases[0].Word);
    }

    [Fact]
    public void A_slowdown_that_other_programs_alone_could_make_is_none()
    {
        Write("a", 1, rounds: 5, row: Others(server: 0.02));
        Write("b", 0.9, rounds: 5, row: Others(server: 0.12));
        var comparison = Compare("a", "b", failOn: 0.05);
        Assert.Equal(Difference.Undecided, comparison.Cases[0].Word);
        Assert.StartsWith(
            "other programs took 2 % of the server's and 0 % of the load generator's CPUs in A, 12 % and 0 % in B",
            comparison.Cases[0].Note,
            StringComparison.Ordinal
        );
        Assert.Empty(comparison.Worse);
        Assert.Equal(Difference.Slower, Compare("a", "b", "cpu").Cases[0].Word);
    }

    [Fact]
    public void Equal_figures_that_only_other_programs_made_equal_are_not_the_same()
    {
        Write("a", 1, rounds: 8, row: Others(server: 0.12));
        Write("b", 1, rounds: 8, row: Others(server: 0.02));
        Assert.Equal(Difference.Undecided, Compare("a", "b").Cases[0].Word);
    }

    [Theory]
    [InlineData(nameof(Verdict.ServerBound), nameof(Difference.Slower))]
    [InlineData(nameof(Verdict.LoadBound), nameof(Difference.Undecided))]
    [InlineData(nameof(Verdict.Idle), nameof(Difference.Undecided))]
    public void Other_programs_count_on_that_side_whose_CPUs_set_the_figure(string verdict, string word)
    {
        Write("a", 1, rounds: 5, row: Others(load: 0.02, verdict: verdict));
        Write("b", 0.9, rounds: 5, row: Others(load: 0.12, verdict: verdict));
        Assert.Equal(word, Compare("a", "b").Cases[0].Word.ToString());
    }

    [Fact]
    public void What_other_programs_took_from_both_models_in_turn_cancels_out()
    {
        const string Suspect = "other programs took 30 % of the server's CPUs";
        Write("a", 1, rounds: 5, also: "poll", row: Others(server: 0.02));
        Write("b", 0.9, rounds: 5, also: "poll", alsoSpeed: 1, suspect: Suspect, row: Others(server: 0.3));
        var comparison = Compare("a", "b", failOn: 0.05, relativeTo: "poll");
        Assert.Equal(Difference.Slower, Assert.Single(comparison.Cases).Word);
        Assert.Equal($"B is suspect: {Suspect}", comparison.Cases[0].Note);
        Assert.Single(comparison.Worse);
    }

    [Theory]
    [InlineData("epoll-level")]
    [InlineData("poll")]
    public void A_row_that_contradicts_itself_decides_nothing_as_model_or_as_reference(string suspect)
    {
        Write("a", 1, rounds: 5, also: "poll");
        Write(
            "b",
            0.9,
            rounds: 5,
            also: "poll",
            alsoSpeed: 1,
            row: row => row.Model == suspect ? Contradicted(row) : row
        );
        var comparison = Compare("a", "b", failOn: 0.05, relativeTo: "poll");
        Assert.Equal(Difference.Undecided, Assert.Single(comparison.Cases).Word);
        Assert.Empty(comparison.Worse);

        static SummaryRow Contradicted(SummaryRow row) =>
            row with
            {
                Suspect = "other programs took 30 % of the server's CPUs; the percentiles of a window are not in order",
            };
    }

    [Fact]
    public void What_troubled_the_whole_machine_cancels_out_beside_another_model()
    {
        Write("a", 1, rounds: 5, also: "poll");
        Write("b", 0.5, rounds: 5, also: "poll");
        var row = Assert.Single(Compare("a", "b", relativeTo: "poll").Cases);
        Assert.Equal(("epoll-level", Difference.Same, "poll"), (row.Model, row.Word, row.RelativeTo));
        Assert.Equal(1, row.Ratio, 0.001);
        Assert.InRange(row.B / row.A, 0.49, 0.51);
    }

    [Fact]
    public void A_slowdown_beside_another_model_is_found()
    {
        Write("a", 1, rounds: 5, also: "poll");
        Write("b", 0.9, rounds: 5, also: "poll", alsoSpeed: 1);
        var comparison = Compare("a", "b", failOn: 0.05, relativeTo: "poll");
        Assert.Equal(Difference.Slower, Assert.Single(comparison.Cases).Word);
        Assert.Single(comparison.Worse);
        Assert.Equal(0.9, comparison.Cases[0].Ratio, 0.001);
    }

    [Fact]
    public void A_model_that_was_not_measured_is_nothing_to_compare_beside()
    {
        Write("a", 1, rounds: 5);
        Assert.EndsWith(
            "beside those of poll: name a model that both runs measured",
            Assert.Throws<UsageException>(() => Compare("a", "a", relativeTo: "poll")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_matters_of_the_machine_is_told_and_what_does_not_is_not()
    {
        Write(
            "a",
            1,
            rounds: 5,
            environment: """{"kernel":"6.1","host":"x","lengths":{"rounds":5,"window_seconds":1}}"""
        );
        Write(
            "b",
            1,
            rounds: 5,
            environment: """{"kernel":"6.2","host":"y","lengths":{"rounds":6,"window_seconds":2}}"""
        );
        Assert.Equal(
            ["kernel: 6.1 in A, 6.2 in B", "lengths.window_seconds: 1 in A, 2 in B"],
            Compare("a", "b").Warnings
        );
    }

    [Fact]
    public void Where_the_sides_run_what_else_loaded_the_servers_and_which_workers_there_are_matters()
    {
        Write(
            "a",
            1,
            rounds: 5,
            environment: """{"agents":[],"cross_check":null,"worker_build":"native","count_syscalls":false}"""
        );
        Write(
            "b",
            1,
            rounds: 5,
            environment: """
            {"agents":[{"address":"tcp://10.0.0.2:7000","facts":{"program":"LoadGen","host":"beta","kernel":"6.1","cpus":"0-3","limits":{"ports":1}}}],
             "cross_check":"wrk 4.2","worker_build":"managed","count_syscalls":true}
            """
        );
        Assert.Equal(
            [
                "agents: none in A, LoadGen on beta, CPUs 0-3, Linux 6.1 in B",
                "count_syscalls: false in A, true in B",
                "cross_check: none in A, wrk 4.2 in B",
                "worker_build: native in A, managed in B",
            ],
            Compare("a", "b").Warnings
        );
    }

    [Fact]
    public void What_an_older_version_did_not_write_is_no_difference()
    {
        Write("a", 1, rounds: 5, environment: """{"kernel":"6.1"}""");
        Write("b", 1, rounds: 5, environment: """{"kernel":"6.1","worker_build":"native","count_syscalls":false}""");
        Assert.Empty(Compare("a", "b").Warnings);
    }

    [Theory]
    [InlineData("""{"agents":"none"}""")]
    [InlineData("""{"agents":[null,1,{"facts":[]}]}""")]
    public void Agents_that_are_damaged_end_no_comparison(string environment)
    {
        Write("a", 1, rounds: 5, environment: environment);
        Assert.Empty(Compare("a", "a").Warnings);
    }

    [Fact]
    public void Cases_of_one_run_only_are_named()
    {
        Write("a", 1, rounds: 5);
        Write("b", 1, rounds: 5, also: "poll");
        Assert.Equal(["poll echo 100 clients is in B only"], Compare("a", "b").Warnings);
    }

    [Fact]
    public void Runs_without_a_common_case_cannot_be_compared()
    {
        Write("a", 1, rounds: 5);
        Write("b", 1, rounds: 5, model: "poll");
        Assert.EndsWith(
            "have no case in common of which both have figures",
            Assert.Throws<UsageException>(() => Compare("a", "b")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folder_without_results_is_named() =>
        Assert.EndsWith(
            "/nothing holds no summary.csv: name a folder under results/",
            Assert.Throws<UsageException>(() => Compare("nothing", "nothing")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_table_is_Markdown_with_the_warnings_below_it()
    {
        Write("a", 1, rounds: 5);
        Write("b", 0.5, rounds: 5, also: "poll");
        var lines = ComparisonText.ToMarkdown(Compare("a", "b")).Split('\n');
        Assert.StartsWith("| model       | workload | clients |", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("| ----------- | -------- | ------: |", lines[1], StringComparison.Ordinal);
        Assert.Contains("| slower |", lines[2], StringComparison.Ordinal);
        Assert.Equal(["", "- poll echo 100 clients is in B only", ""], lines[3..]);
        Assert.Single(lines[..3].Select(line => line.Length).Distinct());
    }

    [Fact]
    public void A_note_stands_below_the_table_once_and_by_its_number_in_each_row()
    {
        Write("a", 1, rounds: 5, also: "poll", suspect: "load-bound | half");
        Write("b", 1, rounds: 5, also: "poll");
        var lines = ComparisonText.ToMarkdown(Compare("a", "b")).Split('\n');
        Assert.All(lines[2..4], line => Assert.EndsWith("| 1    |", line, StringComparison.Ordinal));
        Assert.Equal("", lines[4]);
        Assert.StartsWith("1. A is suspect: load-bound | half", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void The_CSV_has_a_row_a_case()
    {
        Write("a", 1, rounds: 5);
        var lines = ComparisonText.ToCsv(Compare("a", "a")).Split('\n');
        Assert.Equal(
            "model,workload,clients,yardstick,unit,a,b,rounds_a,rounds_b,ratio,ratio_ci_low,ratio_ci_high,p_value,word,note,relative_to",
            lines[0]
        );
        Assert.StartsWith("epoll-level,echo,100,throughput,rps,", lines[1], StringComparison.Ordinal);
    }

    private RunComparison Compare(
        string a,
        string b,
        string by = "throughput",
        double? failOn = null,
        string? relativeTo = null
    ) =>
        RunComparison.Of(
            RunFiles.Read(_folder[a]),
            RunFiles.Read(_folder[b]),
            Yardstick.All.Single(yardstick => yardstick.Id == by),
            Comparison.Negligible,
            failOn,
            relativeTo
        );

    private void Write(
        string name,
        double speed,
        int rounds,
        string model = "epoll-level",
        string? suspect = null,
        string? environment = null,
        string? also = null,
        double? alsoSpeed = null,
        Func<SummaryRow, SummaryRow>? row = null
    )
    {
        var folder = ResultsFolder.At(_folder[name]);
        using var summary = CsvFile.Open<SummaryRow>(folder.SummaryCsv);
        using var windows = CsvFile.Open<WindowRow>(folder.WindowsCsv);
        foreach (var one in (string[])(also is null ? [model] : [model, also]))
        {
            var itsSpeed = one == also ? alsoSpeed ?? speed : speed;
            var measured = Rows.Measured(one, 100) with { Suspect = suspect };
            summary.Append([row?.Invoke(measured) ?? measured]);
            windows.Append(Enumerable.Range(1, rounds).Select(round => Window(one, round, itsSpeed)));
        }
        if (environment is not null)
            File.WriteAllText(folder.EnvironmentJson, environment);
    }

    private static Func<SummaryRow, SummaryRow> Others(
        double server = 0,
        double load = 0,
        string verdict = nameof(Verdict.ServerBound)
    ) => row => row with { Verdict = Enum.Parse<Verdict>(verdict), ServerCpusOthers = server, LoadCpusOthers = load };

    private static WindowRow Window(string model, int round, double speed) =>
        Rows.Window(1, (long)(speed * (100_000 + 100 * round))) with
        {
            Model = model,
            Round = round,
            Seconds = 1,
            ServerCpuCores = 1,
            P99Us = 1000,
        };
}
