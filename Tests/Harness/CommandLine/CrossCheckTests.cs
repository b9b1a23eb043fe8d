using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Tests.Harness.Trials;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

/// <summary><c>--load wrk</c>, with processes that are none.</summary>
public sealed class CrossCheckTests : IDisposable
{
    private static readonly PlannedCase Case = Planned.Case("epoll-level", 10);

    private readonly FakeRun _run = new();

    public void Dispose() => _run.Dispose();

    private IReadOnlyList<CrossCheckRow> Rows => CsvFile.Read<CrossCheckRow>(_run.Results.CrossCheckCsv);

    [Fact]
    public void Wrk_loads_the_same_server_when_LoadGen_has_gone()
    {
        _run.Launcher.Other = (_, wrk) => wrk.Print(WrkOutputTests.Quiet.Split('\n')).Exit(0);
        Run();
        Assert.Equal(
            ["load is ordered StopOrder", "wrk is started", "wrk is gone", "server is stopped"],
            _run.Launcher.Steps.Where(step =>
                step is "load is ordered StopOrder" or "wrk is started" or "wrk is gone" or "server is stopped"
            )
        );
        Assert.Equal(
            "wrk --latency --threads 1 --connections 10 --duration 2s http://127.0.0.1:4711/",
            _run.Launcher.Starts.Single(start => start.Role == "wrk").ToString()
        );
        var row = Assert.Single(Rows);
        // Two windows of a second, ten clients, ten and eleven requests.
        Assert.Equal((105, 96_987.3), (row.LoadgenRps, row.WrkRps));
        Assert.Equal(923.689, row.Ratio);
        Assert.Equal((2250, 194_211, 0, null), (row.WrkP99Us, row.WrkRequests, row.WrkTimeouts, row.Reason));
    }

    [Fact]
    public void What_wrk_cannot_do_costs_its_figure_only()
    {
        _run.Launcher.Other = (_, wrk) => wrk.Exit(1);
        Run();
        var row = Assert.Single(Rows);
        Assert.Equal((null, null), (row.WrkRps, row.Ratio));
        Assert.Equal("wrk ended with exit code 1; see bench.log", row.Reason);
        Assert.Equal(CaseStatus.Ok, Assert.Single(CsvFile.Read<SummaryRow>(_run.Results.SummaryCsv)).Status);
    }

    [Fact]
    public void A_run_that_goes_on_keeps_what_wrk_counted()
    {
        _run.Launcher.Other = (_, wrk) => wrk.Print(WrkOutputTests.Quiet.Split('\n')).Exit(0);
        Run();
        var before = File.ReadAllText(_run.Results.CrossCheckCsv);
        Run();
        Assert.Single(_run.Launcher.Starts, start => start.Role == "wrk");
        Assert.Equal(before, File.ReadAllText(_run.Results.CrossCheckCsv));
    }

    [Fact]
    public void An_interruption_meanwhile_leaves_our_own_windows()
    {
        _run.Launcher.Other = (_, _) => _run.Interrupt();
        Run();
        Assert.Empty(Rows);
        Assert.Equal(2, CsvFile.Read<WindowRow>(_run.Results.WindowsCsv).Count);
        Assert.Contains("server is stopped", _run.Launcher.Steps);
    }

    [Fact]
    public void Without_it_there_is_no_such_file()
    {
        _run.Run(Planned.Plan(Case));
        Assert.False(File.Exists(_run.Results.CrossCheckCsv));
    }

    private void Run() => _run.Run(new Plan([Case], Planned.Settings() with { Wrk = "wrk 4.1.0" }));
}
