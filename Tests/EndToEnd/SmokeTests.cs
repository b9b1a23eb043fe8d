using System.Security.Cryptography;
using System.Text.Json;
using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd;

/// <summary>One whole run, looked at from all sides.</summary>
public sealed class SmokeTests(SmokeTests.Run run) : IClassFixture<SmokeTests.Run>
{
    private static readonly string[] Models =
    [
        "blocking",
        "thread-per-connection",
        "select",
        "poll",
        "epoll-level",
        "async",
    ];

    [Fact]
    public void It_ends_well()
    {
        Assert.Equal(
            "",
            string.Join(
                '\n',
                run.Finished.Stderr.Split('\n').Where(line => line.Contains("failed", StringComparison.Ordinal))
            )
        );
        Assert.Equal(ExitCode.Success, run.Finished.ExitCode);
    }

    [Fact]
    public void Every_model_has_a_row_with_figures()
    {
        Assert.Equal(Models.Order(), run.Harness.Summary.Select(row => row.Model).Order());
        Assert.All(
            run.Harness.Summary,
            row =>
            {
                Assert.Equal((CaseStatus.Ok, 1, 3, 100), (row.Status, row.Rounds, row.Windows, row.ClientsConnected));
                Assert.Equal(0, row.Errors);
                Assert.InRange(row.ThroughputRps!.Value, 1, double.MaxValue);
                Assert.InRange(row.P50Us!.Value, 0.001, row.MaxUs!.Value);
            }
        );
    }

    [Fact]
    public void The_blocking_server_starves_all_clients_but_one_and_the_others_none()
    {
        foreach (var row in run.Harness.Summary)
            Assert.Equal(
                (row.Model == "blocking", row.Model == "blocking" ? 1 : 100),
                (row.Verdict == Verdict.Starved, row.ClientsServed)
            );
    }

    [Fact]
    public void The_windows_add_up_to_the_cases()
    {
        Assert.Equal(3 * Models.Length, run.Harness.Windows.Count);
        foreach (var row in run.Harness.Summary)
        {
            var windows = run.Harness.Windows.Where(window => window.Model == row.Model).ToList();
            Assert.Equal([1, 2, 3], windows.Select(window => window.Window));
            Assert.Equal(row.Requests, windows.Sum(window => window.Requests));
        }
    }

    [Fact]
    public void Every_distribution_ends_at_the_longest_latency()
    {
        var latencies = CsvFile.Read<LatencyRow>(run.Harness.Latest.LatencyCsv).ToLookup(row => row.Model);
        foreach (var row in run.Harness.Summary)
            Assert.Equal(row.MaxUs, latencies[row.Model].Last().ResponseUs);
        Assert.Equal(Models.Length, Directory.GetFiles(run.Harness.Latest.Raw, "*.hgrm").Length);
    }

    [Fact]
    public void Latest_leads_to_the_folder_of_the_run()
    {
        var link = new DirectoryInfo(Path.Combine(run.Harness.Root, "latest"));
        Assert.True(Directory.Exists(Path.Combine(run.Harness.Root, link.LinkTarget!)));
        Assert.Equal(2, Directory.GetFileSystemEntries(run.Harness.Root).Length);
    }

    [Fact]
    public void The_machine_and_the_run_are_described()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(run.Harness.Latest.EnvironmentJson));
        Assert.Equal(1, json.RootElement.GetProperty("schema_version").GetInt32());
        Assert.Equal(4711, json.RootElement.GetProperty("seed").GetInt32());
        Assert.EndsWith(
            "--seed 4711",
            json.RootElement.GetProperty("command_line").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("epoll-level", json.RootElement.GetProperty("baseline").GetString());
    }

    [Fact]
    public void The_log_tells_of_every_process()
    {
        Assert.Equal(Models.Length, run.Harness.Started("server").Count);
        Assert.Equal(Models.Length, run.Harness.Started("load").Count);
        Assert.DoesNotContain(File.ReadLines(run.Harness.Latest.Log), IsComplaint);
    }

    [Fact]
    public void Progress_goes_to_stderr_and_the_result_to_stdout()
    {
        foreach (var model in Models)
        {
            Assert.Contains($" {model} echo 100 clients: ", run.Finished.Stderr, StringComparison.Ordinal);
            Assert.Contains($" {model} ", run.Finished.Stdout, StringComparison.Ordinal);
        }
        Assert.Contains($"figures: {run.Harness.Latest.SummaryCsv}", run.Finished.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', run.Finished.Stdout + run.Finished.Stderr);
    }

    [Fact]
    public void BenchmarkDotNet_and_the_charts_have_left_their_files()
    {
        Assert.Equal(
            [".json", ".md"],
            Directory.GetFiles(run.Harness.Latest.BenchmarkDotNet).Select(Path.GetExtension).Order()
        );
        Assert.Contains("echo-throughput.svg", Directory.GetFiles(run.Harness.Latest.Charts).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_report_that_is_made_again_of_the_files_is_that_of_the_run_byte_for_byte()
    {
        var before = Drawn();
        var finished = await run.Harness.Run("report", run.Harness.Latest.FullPath);
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
        Assert.Equal(before, Drawn());

        // The pixels of a PNG are another program's.
        List<(string, string)> Drawn() =>
            [
                .. Directory
                    .GetFiles(run.Harness.Latest.Charts, "*.svg")
                    .Order()
                    .Append(run.Harness.Latest.ReportHtml)
                    .Select(path => (path, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))))),
            ];
    }

    // On a machine that is busy a server may need longer for its end than it is given, and then says so.
    private static bool IsComplaint(string line) =>
        line.Contains("stderr:", StringComparison.Ordinal)
        && !line.Contains("not stopped after ", StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_left_running() => Assert.DoesNotContain(run.Harness.Started("server"), ProcessTree.IsAlive);

    /// <summary>The run that all look at.</summary>
    public sealed class Run : IAsyncLifetime
    {
        internal HarnessRun Harness { get; } = new();

        internal Finished Finished { get; private set; } = new(-1, "", "");

        public async ValueTask InitializeAsync() =>
            Finished = await Harness.Run("--profile", "smoke", "--models", string.Join(',', Models), "--seed", "4711");

        public ValueTask DisposeAsync() => Harness.DisposeAsync();
    }
}
