using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Tests.Harness.Results;

/// <summary>Rows for tests.</summary>
internal static class Rows
{
    public static SummaryRow Measured(string model = "epoll-level", int clients = 1000) =>
        new()
        {
            Model = model,
            Workload = "echo",
            Clients = clients,
            Status = CaseStatus.Ok,
            Verdict = Verdict.ServerBound,
            Rounds = 5,
            Windows = 15,
            ClientsConnected = clients,
            ClientsServed = clients,
            ConnectP50Ms = 0.031,
            ConnectP99Ms = 1.25,
            Requests = 721_113,
            Errors = 0,
            ThroughputRps = 48_074.2,
            ThroughputCiLowRps = 47_512.9,
            ThroughputCiHighRps = 48_602,
            P50Us = 20_480.5,
            P90Us = 22_000,
            P99Us = 31_744,
            P999Us = 40_960,
            MaxUs = 52_224,
            ServiceP50Us = 20_112,
            ServiceP99Us = 30_080,
            ThreadsMax = 8,
            ProcessesMax = 1,
            ContextSwitchesVoluntary = 312,
            ContextSwitchesInvoluntary = 1_044,
            ContextSwitchesPerRequest = 0.00188,
            ContextSwitchesSource = "taskstats",
            ServerCpuCores = 0.98,
            ServerCpuUsPerRequest = 20.4,
            LoadCpuCores = 0.77,
            RssPeakMb = 61.5,
            MemoryPerClientKb = 3.2,
            ListenOverflows = 0,
            ListenDrops = 0,
            TcpRetransmits = 0,
            Fairness = 0.999,
            LittleRatio = 1.002,
            WarmupEnd = WarmUpEnd.Steady,
            WarmupSeconds = 0.75,
            ThroughputCiBasis = CiBasis.Rounds,
            ThroughputModes = 1,
            Ratio = 1.05,
            RatioCiLow = 1.02,
            RatioCiHigh = 1.081,
            VersusBaseline = Difference.Faster,
            RankGroup = 1,
            PssMb = 40.25,
            SocketMemoryMb = 2.5,
            Descriptors = 1_010,
            PageFaults = 35,
            PageFaultsMajor = 0,
            GcCollections = 12,
            GcPauseMs = 30.5,
            AllocatedMb = 100.125,
            ThreadPoolThreadsMax = 2,
            ThreadPoolQueueMax = 0,
            ServerCpusBusyCores = 0.99,
            LoadCpusBusyCores = 0.8,
            HarnessCpuCores = 0.006,
        };

    public static SummaryRow Skipped(string model = "select", int clients = 10_000) =>
        new()
        {
            Model = model,
            Workload = "echo",
            Clients = clients,
            Status = CaseStatus.Skipped,
            Reason = "needs 10,016 descriptors, select takes 1,024",
        };

    public static WindowRow Window(int number, long requests = 48_000) =>
        new()
        {
            Model = "epoll-level",
            Workload = "echo",
            Clients = 100,
            Round = 1,
            Window = number,
            StartedUtc = new DateTimeOffset(2026, 1, 31, 12, 0, number, 250, TimeSpan.Zero),
            Seconds = 1.001,
            Requests = requests,
            Errors = 0,
            ThroughputRps = 47_952,
        };

    public static SampleRow Sample(double seconds) =>
        new()
        {
            Model = "epoll-level",
            Workload = "echo",
            Clients = 100,
            Round = 1,
            Window = 1,
            Seconds = seconds,
            Requests = 12_000,
            Threads = 8,
        };

    public static LatencyRow Latency(double percentile, double responseUs) =>
        new()
        {
            Model = "epoll-level",
            Workload = "echo",
            Clients = 100,
            Percentile = percentile,
            ResponseUs = responseUs,
            ServiceUs = responseUs,
        };
}
