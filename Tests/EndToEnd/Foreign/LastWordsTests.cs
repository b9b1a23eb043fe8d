using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Foreign;

/// <summary>What a server prints is cited in many places, and is nowhere more than text.</summary>
public sealed class LastWordsTests
{
    private const string Said = @"harmless\r\033]0;evil\007\033[31mred\n";
    private const string Shown = "harmless ?]0;evil??[31mred";

    [Fact]
    public async Task They_stand_in_files_and_output_without_what_a_terminal_would_obey()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run(ArgumentsFor(harness));
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        var row = Assert.Single(harness.Summary);
        Assert.Equal(CaseStatus.Failed, row.Status);
        Assert.Contains($"'{Shown}'", row.Reason, StringComparison.Ordinal);
        string[] places =
        [
            finished.Stdout,
            finished.Stderr,
            File.ReadAllText(harness.Latest.SummaryCsv).Replace("\r\n", "\n", StringComparison.Ordinal),
            File.ReadAllText(harness.Latest.ReportHtml),
            File.ReadAllText(harness.Latest.Log),
        ];
        Assert.All(places, text => Assert.Contains("evil", text, StringComparison.Ordinal));
        Assert.All(places, text => Assert.DoesNotContain(text, letter => char.IsControl(letter) && letter != '\n'));
    }

    [Fact]
    public async Task On_a_terminal_they_neither_name_its_window_nor_colour_it()
    {
        Installed.Require("script");
        await using var harness = new HarnessRun();
        var finished = await harness.RunOnTerminal(ArgumentsFor(harness));
        Assert.Contains(Shown, finished.Stdout, StringComparison.Ordinal);
        // BenchmarkDotNet names the window too.
        Assert.DoesNotContain("evil\a", finished.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]0;evil", finished.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31mred", finished.Stdout, StringComparison.Ordinal);
    }

    private static string[] ArgumentsFor(HarnessRun harness)
    {
        File.WriteAllText(harness["evil.sh"], $"printf '{Said}' >&2\nexit 1\n");
        return
        [
            "--server",
            $"name=evil,cmd=sh {harness["evil.sh"]} {{port}}",
            .. HarnessRun.Split("--models evil --clients 2 --windows 1 --window 200ms --warmup 0s"),
        ];
    }
}
