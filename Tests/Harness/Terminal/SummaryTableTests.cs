using C10k.Harness.Results;
using C10k.Harness.Terminal;
using Spectre.Console;
using Xunit;
using Rows = C10k.Tests.Harness.Results.Rows;

namespace C10k.Tests.Harness.Terminal;

public class SummaryTableTests
{
    [Fact]
    public void A_case_is_a_row_with_its_figures()
    {
        var row = Assert.Single(Render(Rows.Measured()));
        Assert.Equal(
            [
                "1,000",
                "epoll-level",
                "48,074",
                "1 %",
                "████████████",
                "20.5 ms",
                "31.7 ms",
                "20.4",
                "0.002",
                "8",
                "62",
                "1,000",
                "server-bound",
            ],
            Cells(row)
        );
    }

    [Fact]
    public void Clients_come_in_order_and_the_fastest_first()
    {
        var rows = Render(
            Rows.Measured("slow", 1000) with
            {
                ThroughputRps = 10,
            },
            Rows.Measured("fast", 1000) with
            {
                ThroughputRps = 30,
            },
            Rows.Skipped("never", 1000),
            Rows.Measured("small", 100),
            Rows.Measured("middle", 1000) with
            {
                ThroughputRps = 20,
            }
        );
        Assert.Equal(["small", "fast", "middle", "slow", "never"], rows.Select(row => Cells(row)[1]));
    }

    [Fact]
    public void Whoever_starves_its_clients_stands_behind_those_who_serve_all_and_is_never_in_bold()
    {
        var starved = Rows.Measured("blocking") with { ThroughputRps = 90_000, Verdict = Verdict.Starved };
        Assert.Equal(
            ["all", "blocking", "never"],
            Render(starved, Rows.Skipped("never", 1000), Rows.Measured("all")).Select(row => Cells(row)[1])
        );
        Assert.Equal(["all"], InBold(starved, Rows.Measured("all"), Rows.Skipped("never", 1000)));
        Assert.Empty(InBold(starved, Rows.Skipped("never", 1000)));
        Assert.Empty(InBold(Rows.Skipped("never", 1000)));
    }

    [Fact]
    public void What_is_not_known_is_a_dash()
    {
        var row = Rows.Measured() with { ThreadsMax = null, ServerCpuUsPerRequest = null, RssPeakMb = null };
        Assert.Equal(3, Cells(Assert.Single(Render(row))).Count(cell => cell == "–"));
    }

    [Fact]
    public void A_case_without_figures_has_its_status()
    {
        var failed = Rows.Skipped("poll", 1000) with { Status = CaseStatus.Failed };
        Assert.Equal(["1,000", "poll", "failed"], Cells(Assert.Single(Render(failed))));
        Assert.Equal(["10,000", "select", "skipped"], Cells(Assert.Single(Render(Rows.Skipped()))));
    }

    [Fact]
    public void The_bar_is_as_long_as_the_figure_beside_that_of_the_best()
    {
        var rows = Render(Rows.Measured("a"), Rows.Measured("b") with { ThroughputRps = 48_074.2 / 2 });
        Assert.Equal(["████████████", "██████"], rows.Select(row => Cells(row)[4]));
        Assert.Equal("██▌", SummaryTable.Bar(0.25, 10));
        Assert.Equal("", SummaryTable.Bar(0, 10));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(160)]
    public void However_long_the_names_are_no_line_is_longer_than_the_terminal_is_wide(int width)
    {
        var lines = RenderAt(
            width,
            Rows.Measured("thread-per-connection-gil", 10_000) with
            {
                ThroughputRps = 1_234_567,
                P99Us = 999_900,
                Verdict = Verdict.ServerBound,
                Suspect = "odd",
            },
            Rows.Measured("prefork:workers=64,pinned=yes", 10_000),
            Rows.Skipped("process-per-connection", 10_000)
        );
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(lines, line => line.Contains("1,234,567", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.TrimEnd().EndsWith("server-bound?", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("10,000", StringComparison.Ordinal));
        Assert.Equal(
            3,
            lines.Count(line =>
                line.TrimEnd().TrimEnd('?').EndsWith("bound", StringComparison.Ordinal)
                || line.TrimEnd().EndsWith("skipped", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void A_long_reason_stands_below_and_leaves_the_table_whole()
    {
        var skipped = Rows.Skipped(clients: 1000) with { Reason = new string('x', 200) };
        Assert.Contains(Render(Rows.Measured(), skipped), row => Cells(row).Length == 13);
        Assert.Equal(
            $"select echo 1,000 clients: skipped: {skipped.Reason}",
            Assert.Single(SummaryTable.Reasons([Rows.Measured(), skipped]))
        );
    }

    [Fact]
    public void A_suspect_row_has_a_question_mark_which_is_explained()
    {
        var suspect = Rows.Measured() with { Suspect = "odd" };
        Assert.Equal("server-bound?", Cells(Assert.Single(Render(suspect)))[^1]);
        Assert.EndsWith(
            "epoll-level echo 1,000 clients: odd",
            Assert.Single(SummaryTable.Reasons([Rows.Measured("poll"), suspect])),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Brackets_in_names_are_no_markup()
    {
        var rows = Render(Rows.Measured("x:y=[bold]"), Rows.Skipped("z:[/]", 1000));
        Assert.Contains(rows, row => row.Contains("x:y=[bold]", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("z:[/]", StringComparison.Ordinal));
    }

    private static List<string> Render(params SummaryRow[] rows) =>
        [
            .. RenderAt(160, rows)
                .Select(line => line.Trim())
                .Where(line => line.Length > 0)
                .SkipWhile(line => !line.StartsWith('─'))
                .Skip(1),
        ];

    private static string[] RenderAt(int width, params SummaryRow[] rows) => RenderAt(width, AnsiSupport.No, rows);

    // The models whose names a terminal would show so.
    private static IEnumerable<string> InBold(params SummaryRow[] rows) =>
        from row in rows
        where
            RenderAt(160, AnsiSupport.Yes, rows)
                .Any(line => line.Contains($"\u001b[1m{row.Model}", StringComparison.Ordinal))
        select row.Model;

    private static string[] RenderAt(int width, AnsiSupport ansi, params SummaryRow[] rows)
    {
        var text = new StringWriter();
        var settings = new AnsiConsoleSettings { Ansi = ansi, Out = new AnsiConsoleOutput(text) };
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = width;
        console.Write(SummaryTable.Make(rows, width));
        return text.ToString().Split('\n');
    }

    // Two blanks and more stand between columns.
    private static string[] Cells(string row) =>
        row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
