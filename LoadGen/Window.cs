using System.Diagnostics;
using C10k.Contract;
using C10k.LoadGen.Arrivals;
using C10k.LoadGen.Clients;

namespace C10k.LoadGen;

/// <summary>A measured interval, with its whole distributions.</summary>
internal sealed record Window(LoadReport Report, Distributions Distributions)
{
    /// <summary>A window in which nothing happened: to rehearse what is done with one.</summary>
    public static Window Empty(LoadOptions options) =>
        Of(
            options,
            new ConnectedAnswer(options.Clients, 0, 0, LatencySummary.Nothing, new LoadErrors()),
            [new Tally(options.Pace.Kind == PaceKind.Scheduled)]
        );

    /// <summary>Makes a window of what the threads saw in it.</summary>
    public static Window Of(LoadOptions options, ConnectedAnswer connected, IReadOnlyList<Tally> tallies)
    {
        var distributions = Distributions.Sum([.. tallies.Select(tally => tally.Distributions)]);
        var census = tallies.Aggregate(Census.Nobody, (sum, tally) => sum + tally.Census);
        var active = options.ActiveClients;
        var seconds = tallies.Average(tally => Span(tally).TotalSeconds);
        var spun = tallies.Sum(tally => tally.Usage.Spun.TotalSeconds);
        // Each thread looks at its own clock at the very borders; whoever asks for the whole process from outside comes late on a full CPU.
        var busy = tallies.Sum(tally => tally.Usage.Busy.TotalSeconds);
        var requests = distributions.Latency.TotalCount;
        var report = new LoadReport
        {
            Clients = options.Clients,
            Active = active,
            Connected = connected.Connected,
            Alive = census.Alive,
            Served = census.Served,
            Unserved = active - census.Served,
            Spared = census.Spared,
            RepliesPerClient = new(Math.Min(census.Fewest, census.Most), census.Replies / active, census.Most),
            ConnectSeconds = connected.ConnectSeconds,
            Requests = requests,
            Seconds = seconds,
            LatencyUs = LatencySummary.Nothing,
            Errors = Sum(tallies.Select(tally => tally.Errors)),
            LostRequests = tallies.Sum(tally => tally.LostRequests),
            Fairness = census.Fairness(active),
            CpuUsPerRequest = requests == 0 ? 0 : busy * 1e6 / requests,
            CpuUtilization = Share(busy),
            CpuSpinning = Share(spun),
            CpuWaiting = Share(tallies.Sum(tally => tally.Usage.Waited.TotalSeconds)),
            AllocatedBytes = tallies.Sum(tally => tally.Usage.Allocated),
            LoadBoundReason = Ceiling.Find(
                [.. tallies.Select(tally => (tally.Usage, Span(tally)))],
                distributions.Pacing
            ),
        };
        return new Window(distributions.Describe(report), distributions);

        double Share(double spent) => seconds > 0 ? spent / (seconds * tallies.Count) : 0;
    }

    /// <summary>The same window, in which the load stood still for so long.</summary>
    public Window WithStandstill(TimeSpan time) =>
        time == TimeSpan.Zero ? this : this with { Report = Report with { StandstillSeconds = time.TotalSeconds } };

    /// <summary>Several windows that followed each other, as one; there is one at least.</summary>
    public static Window Sum(IReadOnlyList<Window> parts)
    {
        var distributions = Distributions.Sum([.. parts.Select(part => part.Distributions)]);
        var seconds = parts.Sum(part => part.Report.Seconds);
        var cpuUs = parts.Sum(part => part.Report.CpuUsPerRequest * part.Report.Requests);
        var requests = distributions.Latency.TotalCount;
        // What is counted since measuring began is right in the last one already.
        var report = parts[^1].Report with
        {
            Seconds = seconds,
            StandstillSeconds = parts.Sum(part => part.Report.StandstillSeconds),
            Errors = Sum(parts.Select(part => part.Report.Errors)),
            LostRequests = parts.Sum(part => part.Report.LostRequests),
            CpuUsPerRequest = requests == 0 ? 0 : cpuUs / requests,
            CpuUtilization = Average(part => part.CpuUtilization),
            CpuSpinning = Average(part => part.CpuSpinning),
            CpuWaiting = Average(part => part.CpuWaiting),
            AllocatedBytes = parts.Sum(part => part.Report.AllocatedBytes),
            LoadBoundReason = LoadReport.LoadBoundReasonOf([.. parts.Select(part => part.Report)]),
        };
        return new Window(distributions.Describe(report), distributions);

        double Average(Func<LoadReport, double> share) =>
            seconds > 0 ? parts.Sum(part => share(part.Report) * part.Report.Seconds) / seconds : 0;
    }

    private static LoadErrors Sum(IEnumerable<LoadErrors> parts) => parts.Aggregate(new LoadErrors(), (a, b) => a + b);

    private static TimeSpan Span(Tally tally) => Stopwatch.GetElapsedTime(tally.Begin, tally.End);
}
