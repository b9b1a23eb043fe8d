using C10k.Contract;

namespace C10k.Harness.Trials;

/// <summary>
/// Makes one report of the reports of several load generators on the same window. What only histograms can tell is not in it:
/// percentiles of several do not make a percentile of all.
/// </summary>
internal static class MergedReport
{
    /// <param name="parts">One at least.</param>
    public static LoadReport Of(IReadOnlyList<LoadReport> parts)
    {
        var requests = parts.Sum(part => part.Requests);
        var cpu = parts.Sum(part => part.CpuSeconds);
        // Each by its own clock; they differ by microseconds, and all requests are to be a rate in one time.
        var seconds = parts.Average(part => part.Seconds);
        return parts[0] with
        {
            Clients = parts.Sum(part => part.Clients),
            Active = parts.Sum(part => part.Active),
            Connected = parts.Sum(part => part.Connected),
            Alive = parts.Sum(part => part.Alive),
            Served = parts.Sum(part => part.Served),
            Unserved = parts.Sum(part => part.Unserved),
            Spared = parts.Sum(part => part.Spared),
            RepliesPerClient = Replies(parts),
            Fairness = Fairness(parts),
            ConnectSeconds = parts.Max(part => part.ConnectSeconds),
            Connections = parts.Sum(part => part.Connections),
            Requests = requests,
            Seconds = seconds,
            // They stand still together, or one of them does, and the figure is as doubtful.
            StandstillSeconds = parts.Max(part => part.StandstillSeconds),
            Unanswered = parts.Sum(part => part.Unanswered),
            LostRequests = parts.Sum(part => part.LostRequests),
            NotSent = parts.Sum(part => part.NotSent),
            // The worst of them: how late a schedule was kept is asked to find the one that was too slow.
            ScheduleLagUs = parts.Select(part => part.ScheduleLagUs).MaxBy(lag => lag.Max)!,
            PacingUs = parts.Select(part => part.PacingUs).MaxBy(lag => lag.Max)!,
            Errors = parts.Aggregate(new LoadErrors(), (sum, part) => sum + part.Errors),
            CpuUsPerRequest = LoadReport.UsPerRequest(cpu, requests),
            CpuSeconds = cpu,
            SpunSeconds = parts.Sum(part => part.SpunSeconds),
            // One that has no CPU left bounds the figure, however idle the others are.
            CpuUtilization = parts.Max(part => part.CpuUtilization),
            CpuSpinning = parts.Max(part => part.CpuSpinning),
            CpuWaiting = parts.Max(part => part.CpuWaiting),
            AllocatedBytes = parts.Sum(part => part.AllocatedBytes),
            LoadBoundReason = parts.Select(part => part.LoadBoundReason).FirstOrDefault(reason => reason is not null),
        };
    }

    private static RepliesPerClient Replies(IReadOnlyList<LoadReport> parts)
    {
        var clients = parts.Sum(Asking);
        return new RepliesPerClient(
            parts.Min(part => part.RepliesPerClient.Fewest),
            clients == 0 ? 0 : parts.Sum(Total) / clients,
            parts.Max(part => part.RepliesPerClient.Most)
        );
    }

    // Jain's index is (Σx)² / n Σx²; of each part its n, its mean and its index are known, and so Σx² = n mean² / index.
    private static double Fairness(IReadOnlyList<LoadReport> parts)
    {
        var squares = parts
            .Where(part => part.Fairness > 0)
            .Sum(part => Total(part) * part.RepliesPerClient.Mean / part.Fairness);
        var total = parts.Sum(Total);
        return squares > 0 ? total * total / (parts.Sum(Asking) * squares) : 0;
    }

    private static double Total(LoadReport part) => Asking(part) * part.RepliesPerClient.Mean;

    // Older reports tell no number of active clients, where all ask.
    private static int Asking(LoadReport part) => part.Active > 0 ? part.Active : part.Clients;
}
