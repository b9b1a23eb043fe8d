using C10k.Harness.Charts;
using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Tests.Harness.Charts;

/// <summary>Rows as a run might leave them: figures that follow from a few properties of each model, and no chance.</summary>
internal sealed record SampleRun(IReadOnlyList<SummaryRow> Summary, IReadOnlyList<LatencyRow> Latencies)
{
    public const string Environment =
        "Debian 12, Linux 6.18, 2 × Example CPU 3.0 GHz, 24 GiB; .NET 10.0.12; commit 0123abc; 5 rounds of 3 windows of 1 s; seed 42";

    /// <summary>What operations might take on a machine; one of them could not be timed.</summary>
    public static IReadOnlyList<MachineLatencyRow> Machine { get; } =
    [
        Operation("cycle", "CPU cycle", 0.3),
        Operation("l1", "first-level cache", 1.2),
        Operation("l3", "third-level cache", null) with
        {
            Reason = "the kernel tells of none",
        },
        Operation("system-call", "system call", 95) with
        {
            CiLowNs = 60,
            CiHighNs = 170,
        },
        Operation("fsync", "fsync", 2_300_000),
    ];

    private static MachineLatencyRow Operation(string id, string title, double? ns) =>
        new()
        {
            Operation = id,
            Title = title,
            MedianNs = ns,
            ScaledSeconds = ns / 0.3,
            Meaning = "timed",
        };

    // How requests per second fall with clients (exponent), threads and switches grow, is what tells the models apart.
    private static readonly Model[] _models =
    [
        new("epoll-level", "readiness", 61_000, 0.11, _ => 1, 0.004),
        new("thread-per-connection", "threads", 43_000, 0.24, n => n + 2, 2.1),
        new("async", "runtime", 55_000, 0.12, _ => 14, 0.11),
        new("select", "readiness", 52_000, 0.95, _ => 1, 0.01),
        new("prefork", "processes", 47_000, 0.21, n => n, 2),
        new("io-uring", "completion", 66_000, 0.10, _ => 1, 0.002),
        new("epoll-edge", "readiness", 61_500, 0.105, _ => 1, 0.0042),
        new("poll", "readiness", 53_000, 0.62, _ => 1, 0.009),
        new("epoll-oneshot", "readiness", 51_000, 0.14, _ => 4, 0.31),
        new("epoll-exclusive", "readiness", 58_000, 0.13, _ => 2, 0.08),
        new("thread-pool", "threads", 40_000, 0.2, _ => 32, 0.8),
        new("thread-per-request", "threads", 18_000, 0.3, n => Math.Min(n, 64), 4.2),
        new("leader-follower", "threads", 44_000, 0.17, _ => 8, 1.2),
        new("prefork:workers=64", "processes", 46_000, 0.22, _ => 64, 1.9),
        new("process-per-connection", "processes", 38_000, 0.35, n => 2 * n, 2.4),
        new("async-sockets-event-args", "runtime", 56_500, 0.12, _ => 13, 0.1),
        new("pipelines", "runtime", 50_000, 0.13, _ => 15, 0.16),
        new("kestrel", "runtime", 41_000, 0.14, _ => 22, 0.2),
        new("apm-begin-end", "runtime", 48_500, 0.14, _ => 14, 0.12),
        new("io-uring:sqpoll=true", "completion", 64_000, 0.08, _ => 2, 0.001),
        new("libevent", "libraries", 57_000, 0.12, _ => 1, 0.005),
        new("libuv", "libraries", 54_000, 0.13, _ => 5, 0.007),
        new("nginx", "external", 60_000, 0.09, _ => 2, 0.02),
        new("node", "external", 36_000, 0.11, _ => 11, 0.05),
    ];

    public static string FamilyOf(string model) => _models.First(m => m.Id == model).Family;

    public static SampleRun Of(int models, params int[] clients)
    {
        var cases = _models.Take(models).SelectMany(m => clients.Select(n => (Model: m, Clients: n))).ToArray();
        return new SampleRun(
            [.. cases.Select((c, i) => Summarise(i, c.Model, c.Clients))],
            [
                .. cases
                    .Where(c => !IsMissing(c.Model.Id, c.Clients))
                    .SelectMany(c => Distribution(c.Model.Id, c.Clients, P50(c.Model, c.Clients))),
            ]
        );
    }

    public IReadOnlyList<Chart> Charts() => ChartSet.Of(Source);

    public ChartSource Source =>
        new()
        {
            Summary = Summary,
            Latencies = Latencies,
            FamilyOf = FamilyOf,
            Environment = Environment,
            Baseline = "epoll-level",
        };

    /// <summary>The same with a time series of every case: twenty samples in each window of two seconds, one of which is a stall.</summary>
    public ChartSource WithSamples(int rounds, int windows) =>
        Source with
        {
            Samples = Summary
                .Where(row => row.Status == CaseStatus.Ok)
                .SelectMany(row => SamplesOf(row, rounds, windows))
                .ToLookup(row => (row.Model, row.Workload, row.Clients)),
        };

    /// <summary>The same in many workloads, in each of which other models are ahead of the baseline; what is near to it is undecided.</summary>
    public ChartSource InWorkloads(params string[] workloads) =>
        Source with
        {
            Summary = [.. workloads.SelectMany((workload, n) => Summary.Select((row, m) => In(workload, row, n * m)))],
        };

    private SummaryRow In(string workload, SummaryRow row, int chance)
    {
        double? baseline = Summary.First(r => r.Clients == row.Clients && r.Model == "epoll-level").ThroughputRps;
        double? ratio = row.ThroughputRps / baseline * (1 + (0.35 * Math.Sin(chance)));
        return row with
        {
            Workload = workload,
            Ratio = ratio,
            VersusBaseline = ratio switch
            {
                < 0.8 => Difference.Slower,
                > 1.2 => Difference.Faster,
                _ => Difference.Undecided,
            },
        };
    }

    public static IEnumerable<SampleRow> SamplesOf(SummaryRow row, int rounds, int windows)
    {
        foreach (
            var (round, window) in from r in Enumerable.Range(1, rounds)
            from w in Enumerable.Range(1, windows)
            select (r, w)
        )
        {
            var requests = 0.0;
            foreach (var n in Enumerable.Range(1, 20))
            {
                requests +=
                    row.ThroughputRps!.Value
                    * 0.1
                    * (n == 9 && window == 2 ? 0.1 : 1 + (0.2 * Math.Sin(n * n * round)));
                yield return new SampleRow
                {
                    Model = row.Model,
                    Workload = row.Workload,
                    Clients = row.Clients,
                    Round = round,
                    Window = window,
                    Seconds = 0.1 * n,
                    Requests = (long)requests,
                    Threads = row.ThreadsMax,
                    RssMb = 20 + (row.ThreadsMax * 0.01),
                    ServerCpuCores = 0.9 + (0.1 * Math.Sin(n * n * window)),
                };
            }
        }
    }

    private static SummaryRow Summarise(int index, Model model, int clients)
    {
        var row = new SummaryRow
        {
            Model = model.Id,
            Workload = "echo",
            Clients = clients,
            Status = CaseStatus.Ok,
            Rounds = 5,
            Windows = 15,
        };
        if (IsMissing(model.Id, clients))
        {
            return row with { Status = CaseStatus.Skipped, Reason = "needs more descriptors than select takes" };
        }

        bool starved = clients >= 10_000 && model.Id.StartsWith("prefork", StringComparison.Ordinal);
        double rps = Rps(model, clients);
        double halfInterval = rps * (0.01 + (0.004 * (index % 7)));
        return row with
        {
            Verdict = starved ? Verdict.Starved : Verdict.ServerBound,
            ClientsServed = starved ? 7_312 : clients,
            ThroughputRps = rps,
            ThroughputCiLowRps = rps - halfInterval,
            ThroughputCiHighRps = rps + halfInterval,
            P99Us = P50(model, clients) * (1.6 + (0.25 * (index % 5))),
            ThreadsMax = model.Threads(clients),
            ContextSwitchesPerRequest = model.Switches * Math.Pow(clients / 100.0, -0.15),
        };
    }

    private static bool IsMissing(string model, int clients) => model == "select" && clients > 1_000;

    private static double Rps(Model model, int clients) => model.Rps * Math.Pow(clients / 100.0, -model.Fall);

    // Little's law: clients = throughput × response time.
    private static double P50(Model model, int clients) => clients / Rps(model, clients) * 1e6 * 0.9;

    private static IEnumerable<LatencyRow> Distribution(string model, int clients, double p50)
    {
        double tail = 0.22 + (0.03 * (model.Length % 9));
        double[] percentiles =
        [
            0,
            10,
            25,
            50,
            75,
            90,
            95,
            97.5,
            99,
            99.5,
            99.75,
            99.9,
            99.95,
            99.99,
            99.995,
            99.999,
            100,
        ];
        return percentiles.Select(p => new LatencyRow
        {
            Model = model,
            Workload = "echo",
            Clients = clients,
            Percentile = p,
            ResponseUs = p50 * Math.Pow(2 * Math.Max(0.0000049, 1 - (p / 100)), -tail * 0.55),
        });
    }

    private sealed record Model(
        string Id,
        string Family,
        double Rps,
        double Fall,
        Func<int, int> Threads,
        double Switches
    );
}
