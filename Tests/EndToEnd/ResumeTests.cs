using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd;

public class ResumeTests
{
    private static readonly string[] Six = HarnessRun.Split(
        "--models epoll-level,poll --clients 3,4,5 --windows 1 --window 500ms --warmup 0s --seed 7"
    );

    [Fact]
    public async Task A_run_that_was_killed_after_some_cases_is_gone_on_with_and_ends_complete()
    {
        await using var harness = new HarnessRun();
        var place = harness["run"];
        await using (var program = harness.Start([.. Six, "--output", place]))
        {
            await Patience.Until("two trials", () => Trials(place) >= 2, () => program.Stderr);
            program.Signal(ProcessTree.SIGKILL);
            Assert.Equal(137, (await program.Finish()).ExitCode);
        }
        var before = Trials(place);
        var finished = await harness.Run("--resume", place);
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.InRange(before, 2, 5);
        Assert.Equal(6, Trials(place));
        var rows = CsvFile.Read<SummaryRow>(Path.Combine(place, "summary.csv"));
        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.Equal(CaseStatus.Ok, row.Status));
        Assert.Equal(6, CsvFile.Read<WindowRow>(Path.Combine(place, "windows.csv")).Count);
        Assert.Contains("seed 7", finished.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_run_can_be_gone_on_with_and_only_as_it_was()
    {
        await using var harness = new HarnessRun();
        var nowhere = await harness.Run("--resume", harness["nowhere"]);
        Assert.Equal(ExitCode.WrongArguments, nowhere.ExitCode);
        Assert.Contains("there is no environment.json", nowhere.Stderr, StringComparison.Ordinal);
        var other = await harness.Run("--resume", harness["nowhere"], "--clients", "7");
        Assert.Equal(ExitCode.WrongArguments, other.ExitCode);
        Assert.Contains("leave out the others", other.Stderr, StringComparison.Ordinal);
    }

    private static int Trials(string place)
    {
        var journal = Path.Combine(place, "trials.jsonl");
        return File.Exists(journal) ? File.ReadAllText(journal).Count(letter => letter == '\n') : 0;
    }
}
