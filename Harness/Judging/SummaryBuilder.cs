using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Latency;
using C10k.Nodes.Collecting;

namespace C10k.Harness.Judging;

/// <summary>Makes the row of a case from what its rounds showed.</summary>
internal static class SummaryBuilder
{
    public static SummaryRow OfSkipped(PlannedCase planned) =>
        Head(planned) with
        {
            Status = CaseStatus.Skipped,
            Reason = planned.SkipReason,
        };

    public static SummaryRow Build(CaseRecord record, RunSettings settings)
    {
        var failure = record.Rounds.Select(round => round.Failure).FirstOrDefault(reason => reason is not null);
        var errors = record.Rounds.Aggregate(new LoadErrors(), (sum, round) => sum + round.Errors);
        var row = Head(record.Case) with
        {
            Rounds = record.Measured.Count(),
            Windows = record.Reports.Count(),
            Errors = errors.Total,
            ErrorKinds = errors.Total > 0 ? errors.ToString() : null,
            Unanswered = Sum(record.Rounds.Select(round => round.Unanswered)),
            Status = CaseStatus.Failed,
            Reason = failure,
        };
        row = WithConnects(row, record);
        if (record.Reports.Sum(report => report.Requests) == 0)
            return failure is null ? WithoutReplies(row, record, settings) : row with { Reason = failure };
        row = WithLoad(row, record) with { Status = CaseStatus.Ok };
        row = WithServer(row, record);
        row = WithCrash(row, record);
        return CaseVerdict.On(row, record, settings);
    }

    // A server that serves few at a time may serve those alone who never ask; and long replies may take longer than all windows.
    private static SummaryRow WithoutReplies(SummaryRow row, CaseRecord record, RunSettings settings)
    {
        var served = WithServer(row, record);
        var servesFew = record.Case.Model.ServesAtOnce(settings.ServerCpus) < row.Clients;
        return servesFew || record.Case.Workload.Conversation == "bulk"
            ? served with
            {
                Status = CaseStatus.Ok,
                Verdict = Verdict.Starved,
                Requests = 0,
                ThroughputRps = 0,
                ClientsServed = 0,
                Reason =
                    "not a single request was answered while windows ran; "
                    + (
                        servesFew
                            ? "the model serves few clients at once, and those did not ask"
                            : "they take longer than that: try longer windows"
                    ),
            }
            : row with
            {
                Reason =
                    "not a single request was answered"
                    + Failures(record)
                    + (Consistency.Standstills(record) is { } stood ? $"; {stood}" : ""),
            };
    }

    private static string Failures(CaseRecord record)
    {
        var errors = record.Rounds.Aggregate(new LoadErrors(), (sum, round) => sum + round.Errors);
        return errors.Total == 0 ? "" : $": {errors}";
    }

    private static SummaryRow Head(PlannedCase planned) =>
        new()
        {
            Model = planned.Model.Name,
            Workload = planned.Workload.Id,
            Clients = planned.Clients,
            Status = CaseStatus.Ok,
        };

    private static SummaryRow WithConnects(SummaryRow row, CaseRecord record)
    {
        var answers = record.Rounds.Select(round => round.Connected).OfType<ConnectedAnswer>().ToList();
        // Where nobody connected, no time was taken.
        var times = answers.Where(answer => answer.Connected > 0).Select(answer => answer.ConnectUs).ToList();
        return row with
        {
            ClientsConnected = answers.Count == 0 ? null : answers.Min(answer => answer.Connected),
            ConnectP50Ms = times.Count == 0 ? null : times.Average(time => time.P50) / 1e3,
            ConnectP99Ms = times.Count == 0 ? null : times.Max(time => time.P99) / 1e3,
        };
    }

    private static SummaryRow WithLoad(SummaryRow row, CaseRecord record)
    {
        var reports = record.Reports.ToList();
        var latency = record.MergeLatency();
        var service = record.MergeService() ?? latency;
        var isOpen = record.Case.Workload.IsOpen;
        var (basis, figures) = Figures(record);
        var (median, low, high) = Statistics.MedianWithInterval(figures);
        var seconds = reports.Sum(report => report.Seconds);
        var served = record.Measured.Min(round => round.Windows[^1].Report.Served);
        return row with
        {
            ClientsServed = served,
            // One warm-up that ran into its limit is what must be known.
            WarmupEnd = record.Measured.Max(round => round.WarmedUp?.End),
            WarmupSeconds = record.Measured.Max(round => round.WarmedUp?.Seconds),
            Requests = latency.TotalCount,
            ThroughputRps = median,
            ThroughputCiLowRps = low,
            ThroughputCiHighRps = high,
            ThroughputCiBasis = low is null ? null : basis,
            ThroughputModes = Statistics.CountModes([.. record.SliceRates]),
            P50Us = Percentile(latency, 50),
            P90Us = Percentile(latency, 90),
            P99Us = Percentile(latency, 99),
            P999Us = Percentile(latency, 99.9),
            MaxUs = latency.Max / 1e3,
            ServiceP50Us = Percentile(service, 50),
            ServiceP99Us = Percentile(service, 99),
            LoadCpuCores = reports.Sum(report => report.CpuSeconds) / seconds,
            Fairness = record.Measured.Average(round => round.Windows[^1].Report.Fairness),
            LittleRatio = LittleRatio(record.Case.Workload, latency, seconds, served),
            RateAskedRps = Mean(record.Measured.Select(round => round.RateAskedRps)),
            ScheduleLagMaxUs = isOpen ? reports.Max(report => report.ScheduleLagUs.Max) : null,
            PacingMaxUs = isOpen ? reports.Max(report => report.PacingUs.Max) : null,
            GoodputMbPerSecond = Goodput(record.Case.Workload, median),
        };
    }

    // J. Little, Operations Research 9, 1961, for a closed loop: clients = throughput × (response + thinking).
    private static double? LittleRatio(Workload workload, LatencyHistogram latency, double seconds, int served)
    {
        // A new connection for a request takes time that belongs to no response, and in an open loop nobody waits for a response.
        if (workload is { IsOpen: true } or { RequestsPerConnection: > 0 } || workload.Command is not null)
            return null;
        var cycle = latency.Mean / 1e9 + (workload.Think?.Time.TotalSeconds ?? 0);
        return latency.TotalCount / seconds * cycle / (served * workload.Pipeline);
    }

    // What replies carry, where that is what the workload is about.
    private static double? Goodput(Workload workload, double throughput) =>
        workload is { Conversation: "bulk", Size: { } size }
        && MessageSizes.TryParse(size) is { Shortest: var bytes, Longest: var longest }
        && bytes == longest
            ? throughput * bytes / 1e6
            : null;

    private static SummaryRow WithCrash(SummaryRow row, CaseRecord record)
    {
        var crashes = record.Measured.Where(round => round.Crash is { Crashed: true }).ToList();
        return row with
        {
            ConnectionsLost =
                crashes.Count == 0
                    ? null
                    : crashes.Max(round => round.Windows[0].Report.Alive - round.Windows[^1].Report.Alive),
            RecoveryMs = Mean(crashes.Select(round => round.Crash!.RecoverySeconds)) * 1e3,
        };
    }

    private static long? Sum(IEnumerable<long?> values) =>
        values.OfType<long>().ToList() is { Count: > 0 } known ? known.Sum() : null;

    private static double? Mean(IEnumerable<double?> values) =>
        values.OfType<double>().ToList() is { Count: > 0 } known ? known.Average() : null;

    // Rounds are what varies from process to process; where they are too few, the windows have to do.
    private static (CiBasis, IReadOnlyList<double>) Figures(CaseRecord record)
    {
        double[] rounds = [.. record.Measured.Select(round => round.ThroughputRps)];
        return rounds.Length >= Statistics.FewestForInterval
            ? (CiBasis.Rounds, rounds)
            : (CiBasis.Windows, [.. record.Reports.Select(report => report.ThroughputRps)]);
    }

    private static SummaryRow WithServer(SummaryRow row, CaseRecord record)
    {
        MetricValue[] metrics = [.. record.Measured.SelectMany(round => round.Metrics)];
        var voluntary = Sum(metrics, MetricIds.VoluntarySwitches);
        var involuntary = Sum(metrics, MetricIds.InvoluntarySwitches);
        return row with
        {
            ThreadsMax = (int?)Max(metrics, MetricIds.Threads),
            ProcessesMax = (int?)Max(metrics, MetricIds.Processes),
            ContextSwitchesVoluntary = (long?)voluntary,
            ContextSwitchesInvoluntary = (long?)involuntary,
            ContextSwitchesPerRequest = (voluntary + involuntary) / row.Requests,
            ContextSwitchesSource = metrics
                .FirstOrDefault(value => value is { MetricId: MetricIds.VoluntarySwitches, Source: not null })
                ?.Source,
            ServerCpuCores = Average(metrics, MetricIds.ServerCpuCores),
            ServerCpuUserCores = Average(metrics, MetricIds.ServerCpuUserCores),
            ServerCpuSystemCores = Average(metrics, MetricIds.ServerCpuSystemCores),
            ServerCpuUsPerRequest = ServerCpu.UsPerRequest(record.ServerCpu),
            RssPeakMb = Max(metrics, MetricIds.RssMb),
            MemoryPerClientKb = Average(metrics, MetricIds.RssGrowthMb) * 1024 / row.ClientsConnected,
            ListenOverflows = (long?)Sum(metrics, MetricIds.ListenOverflows),
            ListenDrops = (long?)Sum(metrics, MetricIds.ListenDrops),
            TcpRetransmits = (long?)Sum(metrics, MetricIds.TcpRetransmits),
            PssMb = Max(metrics, MetricIds.PssMb),
            SocketMemoryMb = Max(metrics, MetricIds.SocketMemoryMb),
            Descriptors = (int?)Max(metrics, MetricIds.Descriptors),
            PageFaults = (long?)Sum(metrics, MetricIds.PageFaults),
            PageFaultsMajor = (long?)Sum(metrics, MetricIds.MajorPageFaults),
            GcCollections = (long?)Sum(metrics, MetricIds.GcCollections),
            GcPauseMs = Sum(metrics, MetricIds.GcPauseMs),
            AllocatedMb = Sum(metrics, MetricIds.AllocatedMb),
            ThreadPoolThreadsMax = (int?)Max(metrics, MetricIds.ThreadPoolThreads),
            ThreadPoolQueueMax = (long?)Max(metrics, MetricIds.ThreadPoolQueue),
            ServerCpusBusyCores = Average(metrics, MetricIds.ServerCpusBusy),
            LoadCpusBusyCores = Average(metrics, MetricIds.LoadCpusBusy),
            HarnessCpuCores = Average(metrics, MetricIds.HarnessCpuCores),
            SyscallsPerRequest = Average(metrics, MetricIds.SyscallsPerRequest),
        };
    }

    private static double Percentile(LatencyHistogram latency, double percentile) =>
        latency.ValueAtPercentile(percentile) / 1e3;

    private static double? Sum(IReadOnlyList<MetricValue> metrics, string id) =>
        Known(metrics, id) is { Count: > 0 } values ? values.Sum() : null;

    private static double? Max(IReadOnlyList<MetricValue> metrics, string id) =>
        Known(metrics, id) is { Count: > 0 } values ? values.Max() : null;

    private static double? Average(IReadOnlyList<MetricValue> metrics, string id) =>
        Known(metrics, id) is { Count: > 0 } values ? values.Average() : null;

    private static List<double> Known(IReadOnlyList<MetricValue> metrics, string id) =>
        [.. metrics.Where(value => value.MetricId == id).Select(value => value.Value).OfType<double>()];
}
