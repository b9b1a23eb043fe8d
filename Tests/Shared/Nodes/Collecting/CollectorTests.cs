using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using C10k.Nodes.Collecting;
using C10k.Tests.Harness;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>From snapshots to the figures of windows.</summary>
public sealed class CollectorTests
{
    private static readonly TreeSnapshot Before = Snapshot(0) with { RssBytes = 10 << 20 };

    [Fact]
    public void Threads_and_processes_are_those_at_the_end()
    {
        var values = Collect(
            new ThreadsCollector(),
            Snapshot(0) with
            {
                Threads = 5,
                Processes = 2,
            },
            Snapshot(1) with
            {
                Threads = 3,
                Processes = 1,
            },
            Snapshot(2) with
            {
                Threads = 9,
                Processes = 4,
            }
        );

        Assert.Equal([3, 9], Of(values, MetricIds.Threads));
        Assert.Equal([1, 4], Of(values, MetricIds.Processes));
    }

    [Fact]
    public void Switches_are_the_difference_of_both_ends_and_name_their_source()
    {
        var values = Collect(
            new SwitchesCollector(),
            Snapshot(0) with
            {
                Switches = new(100, 10, "proc"),
            },
            Snapshot(1) with
            {
                Switches = new(150, 11, "proc"),
            },
            Snapshot(2) with
            {
                Switches = new(150, 31, "proc"),
            }
        );

        Assert.Equal([50, 0], Of(values, MetricIds.VoluntarySwitches));
        Assert.Equal([1, 20], Of(values, MetricIds.InvoluntarySwitches));
        Assert.All(values, value => Assert.Equal("proc", value.Source));
    }

    [Fact]
    public void Switches_that_cannot_be_had_are_missing_with_the_reason_and_not_0()
    {
        var blind = Snapshot(0) with { Switches = null, SwitchesUnavailable = "no right to ask" };

        var values = Collect(new SwitchesCollector(), blind, blind);

        Assert.Equal(2, values.Count);
        Assert.All(values, value => Assert.Equal((null, "no right to ask"), (value.Value, value.Unavailable)));
    }

    [Fact]
    public void Switches_that_were_not_read_at_every_border_are_those_of_all_windows_together()
    {
        var unread = Snapshot(1) with { Switches = null, SwitchesUnavailable = "too dear" };

        var values = Collect(
            new SwitchesCollector(),
            Snapshot(0) with
            {
                Switches = new(100, 10, "proc"),
            },
            unread,
            unread,
            Snapshot(3) with
            {
                Switches = new(400, 30, "proc"),
            }
        );

        var windows = values.Where(value => value.Window != MetricValue.WholeTrial).ToList();
        Assert.Equal([0, 0, 1, 1, 2, 2], windows.Select(value => value.Window));
        Assert.All(windows, value => Assert.Equal((null, "too dear"), (value.Value, value.Unavailable)));
        var together = values.Where(value => value.Window == MetricValue.WholeTrial);
        Assert.Equal(
            [
                MetricValue.Of(MetricIds.VoluntarySwitches, MetricValue.WholeTrial, 300, "proc"),
                MetricValue.Of(MetricIds.InvoluntarySwitches, MetricValue.WholeTrial, 20, "proc"),
            ],
            together
        );
    }

    [Fact]
    public void Cores_are_cpu_time_over_the_time_between_the_looks()
    {
        var values = Collect(
            new CpuCollector(),
            Snapshot(10) with
            {
                Cpu = TimeSpan.FromSeconds(5),
                UserCpu = TimeSpan.FromSeconds(3),
                SystemCpu = TimeSpan.FromSeconds(2),
            },
            Snapshot(12) with
            {
                Cpu = TimeSpan.FromSeconds(8),
                UserCpu = TimeSpan.FromSeconds(4),
                SystemCpu = TimeSpan.FromSeconds(4),
            }
        );

        Assert.Equal([1.5], Of(values, MetricIds.ServerCpuCores));
        Assert.Equal([0.5], Of(values, MetricIds.ServerCpuUserCores));
        Assert.Equal([1.0], Of(values, MetricIds.ServerCpuSystemCores));
    }

    [Fact]
    public void Memory_is_that_at_the_end_and_its_growth_since_before_the_clients()
    {
        var values = Collect(
            new MemoryCollector(),
            Snapshot(0) with
            {
                RssBytes = 30 << 20,
            },
            Snapshot(1) with
            {
                RssBytes = 25 << 20,
            }
        );

        Assert.Equal([25], Of(values, MetricIds.RssMb));
        Assert.Equal([15], Of(values, MetricIds.RssGrowthMb));
    }

    [Fact]
    public void A_server_that_has_ended_has_no_figures()
    {
        var gone = Snapshot(1) with { Processes = 0, Threads = 0, RssBytes = 0 };
        ICollector[] collectors =
        [
            new ThreadsCollector(),
            new SwitchesCollector(),
            new CpuCollector(),
            new MemoryCollector(),
        ];

        foreach (var collector in collectors)
        {
            var values = Collect(collector, Snapshot(0), gone);
            Assert.Equal(collector.Metrics, values.Select(value => value.MetricId));
            Assert.All(values, value => Assert.Equal((null, "the server had ended"), (value.Value, value.Unavailable)));
        }
    }

    [Fact]
    public void Every_figure_belongs_to_a_metric_with_a_name_of_its_own_that_the_documentation_explains()
    {
        var collectors = Collectors.All();

        var metrics = collectors.SelectMany(collector => collector.Metrics).ToList();

        Assert.Equal(metrics.Count, metrics.Distinct().Count());
        var explained = File.ReadAllText(RepositoryRoot.File("docs", "metrics.md"));
        Assert.All(metrics, metric => Assert.Contains($"`{metric}`", explained, StringComparison.Ordinal));
        foreach (var collector in collectors)
        {
            var told = Collect(collector, Snapshot(0), Snapshot(1)).Select(value => value.MetricId);
            Assert.Equal(collector.Metrics, told);
        }
    }

    [Fact]
    public void Every_trial_gets_collectors_of_its_own() => Assert.Empty(Collectors.All().Intersect(Collectors.All()));

    [Fact]
    public async Task A_server_of_one_process_tells_of_its_runtime_and_the_master_of_several_is_not_asked()
    {
        var name = $"c10k-test-{Guid.NewGuid():N}";
        using var reporter = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        reporter.Bind(new UnixDomainSocketEndPoint("\0" + name));
        reporter.Listen();
        // On a thread of its own: it is asked for a tenth of a second only, and the pool may be busy with other tests.
        var answering = Task.Factory.StartNew(() => AnswerTwice(reporter), TaskCreationOptions.LongRunning);

        var several = Report(Snapshot(0) with { Processes = 3 }, Snapshot(1) with { Processes = 3 });
        var one = Report(Snapshot(0), Snapshot(1));

        await answering;
        Assert.Equal([5], Of(one, MetricIds.GcCollections));
        Assert.Equal(5, several.Count);
        Assert.All(
            several,
            value =>
            {
                Assert.Null(value.Value);
                Assert.Contains("is not the one that serves", value.Unavailable, StringComparison.Ordinal);
            }
        );

        List<MetricValue> Report(params TreeSnapshot[] borders) =>
            Collect(
                new RuntimeCollector(),
                new TrialContext(Environment.ProcessId, Before) { SelfReportName = name },
                borders
            );
    }

    // The first time there were no collections, the second time five.
    private static void AnswerTwice(Socket reporter)
    {
        foreach (var collections in (int[])[0, 5])
        {
            using var asker = reporter.Accept();
            asker.Send(Encoding.ASCII.GetBytes($"{{\"gc_collections\":{collections}}}\n"));
        }
    }

    private static List<MetricValue> Collect(ICollector collector, params TreeSnapshot[] borders) =>
        Collect(collector, new TrialContext(Environment.ProcessId, Before), borders);

    private static List<MetricValue> Collect(ICollector collector, TrialContext trial, TreeSnapshot[] borders)
    {
        collector.Begin(trial);
        for (var i = 0; i < borders.Length; i++)
            collector.Border(new WindowBorder(i, borders[i].Timestamp, borders[i]));
        return [.. collector.End()];
    }

    private static IEnumerable<double> Of(List<MetricValue> values, string metricId) =>
        values
            .Where(value => value.MetricId == metricId)
            .OrderBy(value => value.Window)
            .Select(value => value.Value!.Value);

    private static TreeSnapshot Snapshot(int second) =>
        new(
            second * Stopwatch.Frequency,
            Processes: 1,
            Threads: 1,
            UserCpu: default,
            SystemCpu: default,
            Cpu: default,
            RssBytes: 10 << 20,
            new ContextSwitches(0, 0, "taskstats"),
            SwitchesUnavailable: null
        );
}
