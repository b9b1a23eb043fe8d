using System.Text.Json;
using System.Text.Json.Serialization;
using C10k.Latency;

namespace C10k.Contract;

/// <summary>What a load generator saw in one measured interval: what <c>LoadGen --json</c> prints, and what a window carries.</summary>
public sealed record LoadReport
{
    private readonly double? _cpuSeconds;

    /// <summary>Clients that were asked for.</summary>
    public required int Clients { get; init; }

    /// <summary>Clients that ask; the others only keep their connection.</summary>
    public int Active { get; init; }

    /// <summary>Clients whose connection was established.</summary>
    public required int Connected { get; init; }

    /// <summary>Clients whose connection still stood at the end.</summary>
    public required int Alive { get; init; }

    /// <summary>Clients that got at least one reply since measuring began.</summary>
    public required int Served { get; init; }

    /// <summary>Active clients that got nothing since measuring began.</summary>
    public int Unserved { get; init; }

    /// <summary>
    /// Those of them whom the server owes nothing: who have not had their turn to ask, who asked for the first time only just now (they
    /// wait no longer than 99 % of the replies took), who read slowly, or whose messages carry commands.
    /// </summary>
    public int Spared { get; init; }

    /// <summary>How evenly the active clients were served since measuring began.</summary>
    public RepliesPerClient RepliesPerClient { get; init; } = new(0, 0, 0);

    /// <summary>From the first connect to the outcome of the last, in seconds.</summary>
    public required double ConnectSeconds { get; init; }

    /// <summary>Replies that were complete and right. Errors are never counted here.</summary>
    public required long Requests { get; init; }

    /// <summary>The length of the interval as it was, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// For how many of these seconds, or of others between them, the load stood still: it was halted, had no CPU, or slept with the whole
    /// machine. Less than half a second at a time counts as nothing.
    /// </summary>
    public double StandstillSeconds { get; init; }

    /// <summary>Requests per second.</summary>
    public double ThroughputRps => Seconds > 0 ? Requests / Seconds : 0;

    /// <summary>
    /// Response time: from the moment for which a request was intended to after the last byte of its reply was received, in
    /// microseconds. In a closed loop nothing is intended, and it is <see cref="ServiceLatencyUs"/>.
    /// </summary>
    public required LatencySummary LatencyUs { get; init; }

    /// <summary>Service time: from before the first byte was sent to after the last byte was received, in microseconds.</summary>
    public LatencySummary ServiceLatencyUs { get; init; } = LatencySummary.Nothing;

    /// <summary>
    /// By how much requests were sent later than intended, in microseconds, because their client's earlier requests were not answered
    /// yet, or because the load generator was late. The maximum is the worst lag, that of requests included that were due and still to
    /// be sent when the interval ended; the rest speaks of those that were sent in it.
    /// </summary>
    public LatencySummary ScheduleLagUs { get; init; } = LatencySummary.Nothing;

    /// <summary>The same for those requests that nothing but the load generator itself held up: how exactly it keeps time.</summary>
    public LatencySummary PacingUs { get; init; } = LatencySummary.Nothing;

    /// <summary>Connections that were established in this interval, where clients take new ones (requests per connection).</summary>
    public long Connections { get; init; }

    /// <summary>How long those connects took, in microseconds.</summary>
    public LatencySummary ConnectUs { get; init; } = LatencySummary.Nothing;

    /// <summary>
    /// Requests that had no reply at the end, though the end waited for them; with a schedule also those whose moment had come and that
    /// could not be sent. Known only when the load has ended, so 0 in a window.
    /// </summary>
    public long Unanswered { get; init; }

    /// <summary>
    /// Requests that were under way on connections that ended in this interval: their replies never come. The errors count such a
    /// connection once, however many requests it took along.
    /// </summary>
    public long LostRequests { get; init; }

    /// <summary>
    /// With a schedule: requests that were due after their client had lost its connection for good, or had got none, and that nobody
    /// sent therefore. Known only when the load has ended, so 0 in a window.
    /// </summary>
    public long NotSent { get; init; }

    /// <summary>What failed in this interval, by kind.</summary>
    public required LoadErrors Errors { get; init; }

    /// <summary>
    /// Jain's fairness index over the clients' numbers of replies since measuring began: 1 when all got the same, 1/n when one got all.
    /// See R. Jain, D. Chiu, W. Hawe, DEC-TR-301, 1984.
    /// </summary>
    public required double Fairness { get; init; }

    /// <summary>What failed in the whole load, by the name of its errno; only when the load has ended, empty in a window.</summary>
    public IReadOnlyDictionary<string, long> Errnos { get; init; } = new Dictionary<string, long>();

    /// <summary>User and system time of the load generator per request, in microseconds; without the time it spun.</summary>
    public required double CpuUsPerRequest { get; init; }

    /// <summary>User and system time of its threads, in seconds, whether a request came to its end or not; without the time they spun.</summary>
    public double CpuSeconds
    {
        // Older reports tell what a request took.
        get => _cpuSeconds ?? CpuUsPerRequest * Requests / 1e6;
        init => _cpuSeconds = value;
    }

    /// <summary>CPU time of its threads in which they did nothing but wait for the exact moment of the next request, in seconds.</summary>
    public double SpunSeconds { get; init; }

    /// <summary>
    /// The share of its threads' time that the load generator was on a CPU: near 1, it is the ceiling itself. Without the time it spun.
    /// </summary>
    public required double CpuUtilization { get; init; }

    /// <summary>The share of its threads' time that it was on a CPU only to wait for the exact moment of the next request.</summary>
    public double CpuSpinning { get; init; }

    /// <summary>The share of its threads' time that they were ready to run and waited for a CPU (the kernel's run_delay).</summary>
    public double CpuWaiting { get; init; }

    /// <summary>
    /// What its threads allocated in managed memory in this interval, in bytes: some hundred for the interval itself, and none for a
    /// request, so that no collection ever halts it.
    /// </summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Whether the load generator was the ceiling: with more CPU, the figures would be better.</summary>
    public bool LoadBound => LoadBoundReason is not null;

    /// <summary>Why it was; null where it was not.</summary>
    public string? LoadBoundReason { get; init; }

    /// <summary>What a request took, in microseconds; 0 where there was none.</summary>
    public static double UsPerRequest(double cpuSeconds, long requests) =>
        requests == 0 ? 0 : cpuSeconds * 1e6 / requests;

    /// <summary>Why the load generator was the ceiling of several windows together; null unless it was in more than half of them.</summary>
    public static string? LoadBoundReasonOf(IReadOnlyCollection<LoadReport> windows)
    {
        var reasons = windows.Select(window => window.LoadBoundReason).OfType<string>().ToList();
        return 2 * reasons.Count > windows.Count ? reasons[^1] : null;
    }

    /// <summary>One JSON object, indented.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LoadReportJson.Default.LoadReport);
}

/// <summary>A distribution of latencies in a few numbers, in microseconds; all 0 where nothing was recorded.</summary>
public sealed record LatencySummary(double P50, double P90, double P99, double P999, double Max, double Mean)
{
    /// <summary>Where nothing was recorded.</summary>
    public static LatencySummary Nothing { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Reads the numbers off a histogram of nanoseconds.</summary>
    public static LatencySummary Of(LatencyHistogram nanoseconds)
    {
        double Percentile(double percentile) => nanoseconds.ValueAtPercentile(percentile) / 1e3;
        return nanoseconds.TotalCount == 0
            ? Nothing
            : new LatencySummary(
                Percentile(50),
                Percentile(90),
                Percentile(99),
                Percentile(99.9),
                nanoseconds.Max / 1e3,
                nanoseconds.Mean / 1e3
            );
    }
}

/// <summary>How many replies the active clients got, from the one that got the fewest to the one that got the most.</summary>
public sealed record RepliesPerClient(long Fewest, double Mean, long Most);

/// <summary>What failed, each kind on its own. None of it is throughput.</summary>
public sealed record LoadErrors
{
    /// <summary>Connects that were refused: nobody listens there.</summary>
    public long Refused { get; init; }

    /// <summary>Connects that were not established in time.</summary>
    public long Timeout { get; init; }

    /// <summary>Connects to a network or host that cannot be reached.</summary>
    public long Unreachable { get; init; }

    /// <summary>Connects for which no local port or address was left.</summary>
    public long NoPort { get; init; }

    /// <summary>Connects for which no descriptor was left.</summary>
    public long NoDescriptor { get; init; }

    /// <summary>Connections that the server reset.</summary>
    public long Reset { get; init; }

    /// <summary>Connections that the server closed in the middle of a conversation.</summary>
    public long Closed { get; init; }

    /// <summary>Replies that were not what they had to be, byte for byte.</summary>
    public long Corrupt { get; init; }

    /// <summary>Bytes that nobody had asked for: behind the last reply, or before the request was sent to its end.</summary>
    public long Excess { get; init; }

    /// <summary>Everything else.</summary>
    public long Other { get; init; }

    /// <summary>All together.</summary>
    [JsonIgnore]
    public long Total => Refused + Timeout + Unreachable + NoPort + NoDescriptor + Reset + Closed + Wrong + Other;

    /// <summary>Those in which the server said something wrong.</summary>
    [JsonIgnore]
    public long Wrong => Corrupt + Excess;

    /// <summary>The sum of both, kind by kind.</summary>
    public static LoadErrors operator +(LoadErrors a, LoadErrors b) =>
        new()
        {
            Refused = a.Refused + b.Refused,
            Timeout = a.Timeout + b.Timeout,
            Unreachable = a.Unreachable + b.Unreachable,
            NoPort = a.NoPort + b.NoPort,
            NoDescriptor = a.NoDescriptor + b.NoDescriptor,
            Reset = a.Reset + b.Reset,
            Closed = a.Closed + b.Closed,
            Corrupt = a.Corrupt + b.Corrupt,
            Excess = a.Excess + b.Excess,
            Other = a.Other + b.Other,
        };

    /// <summary>The kinds that occurred, as in <c>3 refused, 1 corrupt</c>; <c>none</c> where there are none.</summary>
    public override string ToString()
    {
        (long Count, string Kind)[] kinds =
        [
            (Refused, "refused"),
            (Timeout, "timed out"),
            (Unreachable, "unreachable"),
            (NoPort, "without a local port"),
            (NoDescriptor, "without a descriptor"),
            (Reset, "reset"),
            (Closed, "closed early"),
            (Corrupt, "corrupt"),
            (Excess, "with bytes too many"),
            (Other, "otherwise failed"),
        ];
        var occurred = kinds.Where(kind => kind.Count > 0).Select(kind => $"{kind.Count} {kind.Kind}").ToList();
        return occurred.Count == 0 ? "none" : string.Join(", ", occurred);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class LoadReportJson : JsonSerializerContext;
