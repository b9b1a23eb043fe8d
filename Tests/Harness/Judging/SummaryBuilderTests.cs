using C10k.Contract;
using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Harness.Trials;
using C10k.Nodes;
using C10k.Nodes.Collecting;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Judging;

public class SummaryBuilderTests
{
    private static readonly PlannedCase Case = Planned.Case(clients: 10);

    [Fact]
    public void A_skipped_case_has_its_reason_and_no_figures()
    {
        var row = SummaryBuilder.OfSkipped(Planned.Case("select", 5000, "needs more descriptors"));
        Assert.Equal(("select", "echo", 5000), (row.Model, row.Workload, row.Clients));
        Assert.Equal((CaseStatus.Skipped, "needs more descriptors"), (row.Status, row.Reason));
        Assert.Null(row.Verdict);
        Assert.Null(row.ThroughputRps);
        Assert.Null(row.Errors);
    }

    [Fact]
    public void The_rate_is_the_median_of_all_windows_of_all_rounds()
    {
        var row = Build(Rounds.Measured(Case, 1, 100, 180, 190), Rounds.Measured(Case, 2, 100, 200, 210, 220));
        Assert.Equal((CaseStatus.Ok, 2, 5), (row.Status, row.Rounds, row.Windows));
        Assert.Equal(1000, row.Requests);
        Assert.Equal(100, row.ThroughputRps!.Value, 1e-5);
        Assert.InRange(row.ThroughputCiLowRps!.Value, 80, 100);
        Assert.InRange(row.ThroughputCiHighRps!.Value, 100, 120);
    }

    [Fact]
    public void Two_windows_make_no_interval()
    {
        var row = Build(Rounds.Measured(Case, 1, 100, 180, 220));
        Assert.Equal(100, row.ThroughputRps!.Value, 1e-5);
        Assert.Null(row.ThroughputCiLowRps);
        Assert.Null(row.ThroughputCiHighRps);
    }

    [Fact]
    public void Percentiles_are_read_off_the_latencies_of_all_windows()
    {
        var row = Build(Rounds.Measured(Case, 1, 100, 97), Rounds.Measured(Case, 2, 5000, 3));
        Assert.Equal(100, row.P50Us!.Value, 0.1);
        Assert.Equal(100, row.P90Us!.Value, 0.1);
        Assert.Equal(5000, row.P99Us!.Value, 5.0);
        Assert.Equal(5000, row.MaxUs!.Value, 5.0);
        Assert.Equal((row.P50Us, row.P99Us), (row.ServiceP50Us, row.ServiceP99Us));
    }

    // Little: clients in the system = arrivals a second × the time of each.
    [Fact]
    public void Littles_law_is_checked()
    {
        var row = Build(Rounds.Measured(Case, 1, latencyUs: 50_000, 400));
        Assert.Equal(1, row.LittleRatio!.Value, 0.001);
    }

    [Fact]
    public void Served_is_what_every_round_reached_and_connected_too()
    {
        var worse = Rounds.Measured(Case, 2, 100, 50, 50).With(report => report with { Served = 7, Fairness = 0.5 });
        var row = Build(Rounds.Measured(Case, 1, 100, 50, 50), worse with { Connected = Rounds.Connected(10, 8) });
        Assert.Equal((8, 7), (row.ClientsConnected, row.ClientsServed));
        Assert.Equal(0.75, row.Fairness);
        Assert.Equal(Verdict.Starved, row.Verdict);
        Assert.StartsWith("8 of 10 clients connected, 7 served; ", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_are_those_of_all_rounds_from_the_first_connect_to_the_end()
    {
        var row = Build(
            Rounds.Measured(Case, 1, 100, 50) with
            {
                Errors = new LoadErrors { Reset = 2, Corrupt = 1 },
            },
            Rounds.Failed(Case, 2, "no client could connect") with
            {
                Errors = new LoadErrors { Refused = 10 },
            }
        );
        Assert.Equal(13, row.Errors);
    }

    [Fact]
    public void What_the_collectors_saw_is_summed_averaged_or_its_peak()
    {
        var first = Rounds.Measured(Case, 1, 100, 50, 50) with
        {
            Metrics =
            [
                .. Seen(window: 0, threads: 3, switches: 40, cores: 0.9, rss: 20),
                .. Seen(window: 1, threads: 9, switches: 60, cores: 0.7, rss: 30),
            ],
        };
        var second = Rounds.Measured(Case, 2, 100, 100) with
        {
            Metrics = [.. Seen(window: 0, threads: 5, switches: 100, cores: 0.8, rss: 25)],
        };
        var row = Build(first, second);
        Assert.Equal(9, row.ThreadsMax);
        Assert.Equal(30, row.RssPeakMb);
        Assert.Equal(200, row.ContextSwitchesVoluntary);
        Assert.Equal(20, row.ContextSwitchesInvoluntary);
        Assert.Equal(1.1, row.ContextSwitchesPerRequest!.Value, 1e-5);
        Assert.Equal("taskstats", row.ContextSwitchesSource);
        Assert.Equal(0.8, row.ServerCpuCores!.Value, 1e-5);
        // 0.9, 0.7 and 0.8 of a CPU, 2 s each, for 200 requests.
        Assert.Equal(24_000, row.ServerCpuUsPerRequest!.Value, 1e-6);
    }

    [Fact]
    public void What_the_server_computed_itself_is_told_apart_from_what_the_kernel_did_for_it()
    {
        var round = Rounds.Measured(Case, 1, 100, 50, 50) with
        {
            Metrics =
            [
                Rounds.Metric(MetricIds.ServerCpuUserCores, 0, 0.2),
                Rounds.Metric(MetricIds.ServerCpuSystemCores, 0, 0.7),
                Rounds.Metric(MetricIds.ServerCpuUserCores, 1, 0.4),
                Rounds.Metric(MetricIds.ServerCpuSystemCores, 1, 0.5),
            ],
        };
        var row = Build(round);
        Assert.Equal(0.3, row.ServerCpuUserCores!.Value, 1e-9);
        Assert.Equal(0.6, row.ServerCpuSystemCores!.Value, 1e-9);
    }

    [Fact]
    public void CPU_for_each_request_is_the_figure_by_which_runs_are_compared()
    {
        // Windows of unlike throughput: a mean of cores by a median of rates would be another figure.
        var round = Rounds.Measured(Case, 1, 100, 10, 500) with
        {
            Metrics =
            [
                Rounds.Metric(MetricIds.ServerCpuCores, 0, 0.1),
                Rounds.Metric(MetricIds.ServerCpuCores, 1, 0.9),
            ],
        };
        var rows = round.Windows.Select(window => WindowRows.Of(round, window)).ToList();
        Assert.Equal(RoundFigures.CpuUsPerRequest(rows)!.Value, Build(round).ServerCpuUsPerRequest!.Value, 1e-9);
    }

    [Fact]
    public void CPU_for_each_request_is_over_those_windows_in_which_the_server_was_seen()
    {
        ServerCpu[] windows = [new(0.5, 2, 100), new(null, 2, 1_000_000)];
        Assert.Equal(10_000, ServerCpu.UsPerRequest(windows));
        Assert.Null(ServerCpu.UsPerRequest([new(0.5, 2, 0)]));
        Assert.Null(ServerCpu.UsPerRequest([new(null, 2, 100)]));
    }

    [Fact]
    public void Requests_without_a_reply_are_counted_and_told()
    {
        var row = Build(
            Rounds.Measured(Case, 1, 100, 50) with
            {
                Unanswered = 3,
            },
            Rounds.Measured(Case, 2, 100, 50) with
            {
                Unanswered = 4,
            }
        );
        Assert.Equal((7, 0), (row.Unanswered, row.Errors));
        Assert.EndsWith("; 7 requests had no reply when the load had ended", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void That_all_were_answered_is_another_thing_than_not_to_know()
    {
        Assert.Equal(0, Build(Rounds.Measured(Case, 1, 100, 50) with { Unanswered = 0 }).Unanswered);
        Assert.Null(Build(Rounds.Measured(Case, 1, 100, 50)).Unanswered);
    }

    [Fact]
    public void How_late_requests_were_sent_is_told_of_an_open_loop_only()
    {
        var open = Case with { Workload = Case.Workload with { Rate = 100 } };
        Assert.Equal((9_000, 20), Lags(open));
        Assert.Equal((null, null), Lags(Case));

        static (double?, double?) Lags(PlannedCase planned)
        {
            var worst = 9_000d;
            var row = Build(
                Rounds
                    .Measured(planned, 1, 100, 50, 50)
                    .With(report =>
                        report with
                        {
                            ScheduleLagUs = LatencySummary.Nothing with { Max = worst-- },
                            PacingUs = LatencySummary.Nothing with { Max = 20 },
                        }
                    )
            );
            return (row.ScheduleLagMaxUs, row.PacingMaxUs);
        }
    }

    [Fact]
    public void What_other_programs_took_of_the_CPUs_is_a_share_and_never_less_than_nothing()
    {
        var round = Rounds.Measured(Case, 1, 100, 50) with
        {
            Metrics =
            [
                Rounds.Metric(MetricIds.ServerCpuCores, 0, 0.9),
                Rounds.Metric(MetricIds.ServerCpusBusy, 0, 0.95),
                Rounds.Metric(MetricIds.LoadCpusBusy, 0, 0.1),
            ],
        };
        var row = Build(round);
        Assert.Equal(0.05, row.ServerCpusOthers!.Value, 1e-9);
        Assert.Equal(0, row.LoadCpusOthers);
    }

    [Fact]
    public void The_time_that_the_load_generator_spun_is_its_own_and_no_sign_of_a_full_CPU()
    {
        var round = Rounds
            .Measured(Case, 1, 100, 50)
            .With(report => report with { CpuSeconds = 0.3 * report.Seconds, SpunSeconds = 0.7 * report.Seconds }) with
        {
            Metrics = [Rounds.Metric(MetricIds.LoadCpusBusy, 0, 1)],
        };
        var row = Build(round);
        Assert.Equal(0.3, row.LoadCpuCores!.Value, 1e-9);
        Assert.Equal(0, row.LoadCpusOthers!.Value, 1e-9);
        Assert.Equal(Verdict.Idle, row.Verdict);
        Assert.DoesNotContain("other programs", row.Suspect, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_had_is_empty_and_never_0()
    {
        var blind = Rounds.Measured(Case, 1, 100, 50) with
        {
            Metrics = [Rounds.Metric(MetricIds.Threads, 0, null), Rounds.Metric(MetricIds.VoluntarySwitches, 0, 5)],
        };
        var row = Build(blind);
        Assert.Null(row.ThreadsMax);
        Assert.Null(row.ServerCpuCores);
        Assert.Null(row.ServerCpuUsPerRequest);
        Assert.Null(row.RssPeakMb);
        Assert.Null(row.MemoryPerClientKb);
        Assert.Null(row.ListenDrops);
        Assert.Null(row.ContextSwitchesInvoluntary);
        Assert.Null(row.ContextSwitchesPerRequest);
        Assert.Equal(5, row.ContextSwitchesVoluntary);
    }

    [Theory]
    [InlineData(1, 0.95, nameof(Verdict.ServerBound))]
    [InlineData(null, 0.95, nameof(Verdict.Idle))]
    [InlineData(null, 3.8, nameof(Verdict.ServerBound))]
    [InlineData(2, 1.9, nameof(Verdict.ServerBound))]
    public void The_server_is_measured_by_the_CPUs_that_it_can_use(int? usesCpus, double cores, string verdict)
    {
        var model = new ModelVariant(Planned.Model("async") with { UsesCpus = usesCpus }, "async");
        var planned = Case with { Model = model };
        var round = Rounds.Measured(planned, 1, 100, 50) with
        {
            Metrics = [Rounds.Metric(MetricIds.ServerCpuCores, 0, cores)],
        };
        var record = new CaseRecord(planned);
        record.Add(round);
        var settings = Planned.Settings() with { ServerCpus = new CpuSet([0, 1, 2, 3]) };
        Assert.Equal(verdict, SummaryBuilder.Build(record, settings).Verdict.ToString());
    }

    [Fact]
    public void A_failed_round_takes_nothing_from_the_others_but_is_told()
    {
        var row = Build(
            Rounds.Measured(Case, 1, 100, 50, 50),
            Rounds.Failed(Case, 2, "the server was not ready"),
            Rounds.Measured(Case, 3, 100, 50, 50)
        );
        Assert.Equal((CaseStatus.Ok, 2, 4, 200), (row.Status, row.Rounds, row.Windows, row.Requests));
        Assert.EndsWith("; 1 of 3 rounds failed: the server was not ready", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_failed_rounds_are_a_failed_case_with_the_first_reason()
    {
        var row = Build(Rounds.Failed(Case, 1, "one thing"), Rounds.Failed(Case, 2, "another"));
        Assert.Equal((CaseStatus.Failed, "one thing"), (row.Status, row.Reason));
        Assert.Equal((0, 0), (row.Rounds, row.Windows));
        Assert.Null(row.Verdict);
        Assert.Null(row.Requests);
        Assert.Null(row.ConnectP50Ms);
    }

    [Fact]
    public void A_case_without_a_single_reply_is_failed()
    {
        var row = Build(Rounds.Measured(Case, 1, 100, 0, 0));
        Assert.Equal((CaseStatus.Failed, "not a single request was answered"), (row.Status, row.Reason));
        Assert.Equal(10, row.ClientsConnected);
        Assert.Null(row.ThroughputRps);
        Assert.Null(row.P50Us);
    }

    [Fact]
    public void Where_nothing_was_answered_because_the_load_stood_still_the_row_says_so()
    {
        var round = Rounds.Measured(Case, 1, 100, 0, 0);
        var stood = round with
        {
            Windows =
            [
                .. round.Windows.Select(window =>
                    window with
                    {
                        Report = window.Report with { StandstillSeconds = window.Index },
                    }
                ),
            ],
        };
        Assert.StartsWith(
            "not a single request was answered; round 1, window 2: the load stood still for 1.0 s",
            Build(stood).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_connect_time_is_that_of_rounds_in_which_somebody_connected()
    {
        var nobody = Rounds.Failed(Case, 1, "no client could connect") with { Connected = Rounds.Connected(10, 0) };
        var row = Build(nobody);
        Assert.Equal(0, row.ClientsConnected);
        Assert.Null(row.ConnectP50Ms);
        Assert.Null(row.ConnectP99Ms);
        row = Build(nobody, Rounds.Measured(Case, 2, 100, 50));
        Assert.Equal(0, row.ClientsConnected);
        Assert.Equal(0.04, row.ConnectP50Ms);
        Assert.Equal(0.9, row.ConnectP99Ms);
    }

    private static SummaryRow Build(params TrialResult[] rounds)
    {
        var record = new CaseRecord(rounds[0].Case);
        foreach (var round in rounds)
            record.Add(round);
        return SummaryBuilder.Build(record, Planned.Settings(rounds.Length));
    }

    private static IEnumerable<MetricValue> Seen(int window, int threads, int switches, double cores, double rss) =>
        [
            Rounds.Metric(MetricIds.Threads, window, threads),
            Rounds.Metric(MetricIds.VoluntarySwitches, window, switches, "taskstats"),
            Rounds.Metric(MetricIds.InvoluntarySwitches, window, switches / 10, "taskstats"),
            Rounds.Metric(MetricIds.ServerCpuCores, window, cores),
            Rounds.Metric(MetricIds.RssMb, window, rss),
        ];
}
