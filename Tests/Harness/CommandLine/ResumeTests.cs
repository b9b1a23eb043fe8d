using C10k.Harness.CommandLine;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

/// <summary>A run that was broken off, at whatever point, and gone on with, leaves the same files as one in one piece.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly PlannedCase[] Cases =
    [
        Planned.Case("epoll-level", 10),
        Planned.Case("poll", 10),
        Planned.Case("select", 2000, "too many"),
    ];

    private readonly FakeRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Only_what_is_missing_is_run(int trialsBefore)
    {
        Run();
        var whole = (Summary(), Count<WindowRow>(_run.Results.WindowsCsv), Count<SampleRow>(_run.Results.SamplesCsv));
        BreakOffAfter(trialsBefore);
        var started = _run.Launcher.Starts.Count;
        var outcome = Run();
        Assert.Equal(2 * (4 - trialsBefore), _run.Launcher.Starts.Count - started);
        Assert.Equal(whole.Item1, Summary());
        Assert.Equal(Summary(), outcome.Rows.Select(Name));
        Assert.Equal(whole.Item2, Count<WindowRow>(_run.Results.WindowsCsv));
        Assert.Equal(whole.Item3, Count<SampleRow>(_run.Results.SamplesCsv));
        Assert.Equal(2, Directory.GetFiles(_run.Results.Raw).Length);
    }

    [Fact]
    public void A_torn_line_at_the_end_of_the_journal_is_run_again()
    {
        Run();
        var journal = File.ReadAllText(_run.Results.Journal);
        File.WriteAllText(_run.Results.Journal, journal[..^40]);
        var started = _run.Launcher.Starts.Count;
        Run();
        Assert.Equal(2, _run.Launcher.Starts.Count - started);
        Assert.Equal(4, File.ReadAllLines(_run.Results.Journal).Length);
    }

    [Fact]
    public void What_failed_is_run_again()
    {
        _run.Launcher.Server = (model, server) => server.Print(model == "poll" ? [] : ["READY 127.0.0.1:4711"]);
        Run();
        Assert.Contains("poll Failed", Summary());
        _run.Launcher.Server = (_, server) => server.Print("READY 127.0.0.1:4711");
        Run();
        Assert.Contains("poll Ok", Summary());
        Assert.DoesNotContain("poll Failed", Summary());
    }

    [Fact]
    public void A_run_that_is_complete_starts_nothing()
    {
        _run.Launcher.Load = (_, load) => load.Unanswered = 3;
        Run();
        var started = _run.Launcher.Starts.Count;
        var before = File.ReadAllText(_run.Results.SummaryCsv);
        Run();
        Assert.Equal(started, _run.Launcher.Starts.Count);
        Assert.Equal(before, File.ReadAllText(_run.Results.SummaryCsv));
    }

    // The order of the rows is that in which cases were finished, which the seed repeats.
    private RunOutcome Run() => _run.Run(new Plan(Cases, Planned.Settings(rounds: 2, baseline: "poll")));

    // As if killed in the middle of a write: the CSV files are behind the journal, or end in half a row.
    private void BreakOffAfter(int trials)
    {
        var lines = File.ReadAllLines(_run.Results.Journal);
        File.WriteAllLines(_run.Results.Journal, lines[..trials]);
        File.Delete(_run.Results.SummaryCsv);
        File.WriteAllText(_run.Results.WindowsCsv, File.ReadAllText(_run.Results.WindowsCsv)[..^10]);
    }

    private string[] Summary() => [.. CsvFile.Read<SummaryRow>(_run.Results.SummaryCsv).Select(Name)];

    private static int Count<T>(string file) => CsvFile.Read<T>(file).Count;

    private static string Name(SummaryRow row) => $"{row.Model} {row.Status}";
}
