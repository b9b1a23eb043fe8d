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
            Errors = tallies.Aggregate(new LoadErrors(), (sum, tally) => sum + tally.Errors),
            LostRequests = tallies.Sum(tally => tally.LostRequests),
            Fairness = census.Fairness(active),
            CpuUsPerRequest = LoadReport.UsPerRequest(busy, requests),
            CpuSeconds = busy,
            SpunSeconds = spun,
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
        var report = LoadReports.InTurn([.. parts.Select(part => part.Report)]);
        return new Window(distributions.Describe(report), distributions);
    }

    private static TimeSpan Span(Tally tally) => Stopwatch.GetElapsedTime(tally.Begin, tally.End);
}
