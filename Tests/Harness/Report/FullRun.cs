using C10k.Harness.Judging;
using C10k.Harness.Results;
using C10k.Tests.Harness.Charts;
using C10k.Tests.Harness.Results;

namespace C10k.Tests.Harness.Report;

/// <summary>
/// The rows of a run in which nothing is missing: every column of every case has a figure, as long as those of real runs are; clients were left
/// out, requests failed, and rows are suspect. No page of as many cases is longer.
/// </summary>
internal static class FullRun
{
    // Where the distributions of real runs have their steps.
    private static readonly double[] Percentiles =
    [
        .. Enumerable.Range(0, 18).Select(n => 5.0 * n),
        .. Enumerable.Range(0, 60).Select(n => 100 - (12 * Math.Pow(0.865, n))),
        100,
    ];

    private static readonly string[] Kinds = ["5839 timed out", "695 reset", "12 refused, 7 closed early", "3 wrong"];

    public static SampleRun Of(int models, params int[] clients)
    {
        var run = SampleRun.Of(models, clients);
        return new SampleRun(
            [.. run.Summary.Select(Fill)],
            [.. run.Summary.Where(row => row.Status == CaseStatus.Ok).SelectMany(Distribution)]
        );
    }

    /// <summary>What a model is, in as many words as the longest of the catalogue.</summary>
    public static ModelRow Describe(string model) =>
        new()
        {
            Model = model,
            Family = SampleRun.FamilyOf(model),
            Summary =
                $"One thread; every call of {model} hands the kernel the array of all descriptors, and waits for one of them.",
            UsedBy = "portable event-driven servers, the fallback of most event libraries",
            Limits =
                "No client whose descriptor is 1024 or above: the set of bits ends there, and a bigger one needs another C library.",
            Source = "Servers/Models/Readiness/ReadinessModel.cs",
        };

    /// <summary>A figure that never stays the same, as a process that collects garbage and takes on threads has it.</summary>
    public static IEnumerable<SampleRow> Restless(IEnumerable<SampleRow> samples) =>
        samples.Select(
            (sample, n) =>
                sample with
                {
                    Threads = sample.Threads + (n % 7),
                    RssMb = sample.RssMb * (1 + (0.3 * Math.Abs(Math.Sin(n * 1.7)))),
                }
        );

    private static SummaryRow Fill(SummaryRow row, int index)
    {
        if (row.Status != CaseStatus.Ok)
            return row;
        var starved = row.Verdict == Verdict.Starved;
        var chance = 1 + (0.37 * Math.Abs(Math.Sin(index)));
        var median = row.Clients / row.ThroughputRps!.Value * 0.9e6;
        return Rows.Measured(row.Model, row.Clients) with
        {
            Verdict = starved ? Verdict.Starved : (Verdict)(index % 2),
            Reason = Reason(row, starved, index),
            Suspect = index % 4 == 1 ? Suspect(chance) : null,
            ClientsServed = row.ClientsServed,
            ConnectP50Ms = 4.428 * chance,
            ConnectP99Ms = 81.513 * chance * (1 + index % 5),
            Requests = (long)(row.ThroughputRps * 30),
            Errors = index % 5 == 2 ? 5839 : 0,
            ErrorKinds = index % 5 == 2 ? Kinds[index % Kinds.Length] : null,
            ThroughputRps = row.ThroughputRps,
            ThroughputCiLowRps = row.ThroughputCiLowRps,
            ThroughputCiHighRps = row.ThroughputCiHighRps,
            P50Us = median,
            P90Us = median * 1.13 * chance,
            P99Us = median * 1.31 * chance,
            P999Us = median * 2.13 * chance,
            MaxUs = median * 3.73 * chance,
            ServiceP50Us = median * 0.97,
            ServiceP99Us = median * 1.28,
            ThreadsMax = row.ThreadsMax,
            ProcessesMax = 1 + (row.ThreadsMax / 2),
            ContextSwitchesPerRequest = row.ContextSwitchesPerRequest,
            ServerCpuUsPerRequest = 5.496 * chance,
            RssPeakMb = 37.367 * chance + (row.ThreadsMax * 0.13),
            MemoryPerClientKb = 3.217 * chance * chance,
            Ratio = row.ThroughputRps / 61_000,
            RatioCiLow = row.ThroughputRps / 62_317,
            RatioCiHigh = row.ThroughputRps / 59_713,
            VersusBaseline = index % 3 == 0 ? Difference.Undecided : Difference.Slower,
            RankGroup = 1 + (index % 24 / 2),
            RateAskedRps = row.ThroughputRps * 1.01,
            GoodputMbPerSecond = row.ThroughputRps * 0.016,
            ConnectionsLost = index % 3 == 0 ? row.Clients : 1,
            RecoveryMs = 217.531 * chance,
            SyscallsPerRequest = 2.017 * chance,
            Unanswered = starved ? 4097 : 0,
            ScheduleLagMaxUs = 1_973.251 * chance,
            PacingMaxUs = 83.217 * chance,
            ServerCpusOthers = 0.0132 * chance,
            LoadCpusOthers = 0.0332 * chance,
            ServerCpuUserCores = 0.2371 * chance,
            ServerCpuSystemCores = 0.7129 * chance,
        };
    }

    private static string Reason(SummaryRow row, bool starved, int index) =>
        starved
            ? $"{row.Clients} of {row.Clients} clients connected, {row.ClientsServed} served (the model serves 256 at once); server CPU 91 % (all programs together 98 %), load CPU 80 %; 4097 requests had no reply when the load had ended"
        : index % 3 == 0 ? "server CPU 89 % (all programs together 100 %), load CPU 87 % (all programs together 100 %)"
        : "server CPU 96 %, load CPU 95 %";

    private static string Suspect(double chance) =>
        FormattableString.Invariant(
            $"by Little's law little_ratio is 1 ± 0.026, not {chance:0.###}; other programs took 17 % of the load generator's CPUs"
        );

    private static IEnumerable<LatencyRow> Distribution(SummaryRow row, int index)
    {
        var median = row.Clients / row.ThroughputRps!.Value * 0.9e6;
        var tail = 0.11 + (0.02 * (index % 9));
        return Percentiles.Select(percentile =>
        {
            var time = median * Math.Pow(2 * Math.Max(0.000005, 1 - (percentile / 100)), -tail);
            return new LatencyRow
            {
                Model = row.Model,
                Workload = row.Workload,
                Clients = row.Clients,
                Percentile = percentile,
                ResponseUs = time,
                ServiceUs = time * 0.93,
            };
        });
    }
}
