namespace C10k.Contract;

/// <summary>Several reports of one load, put together.</summary>
public static class LoadReports
{
    /// <summary>
    /// One report on intervals that followed each other. What is counted since measuring began (who is served, fairness) is the last
    /// one's. What only histograms can tell is not in it: percentiles of several do not make a percentile of all.
    /// </summary>
    /// <param name="parts">One at least, in order.</param>
    public static LoadReport InTurn(IReadOnlyList<LoadReport> parts)
    {
        var requests = parts.Sum(part => part.Requests);
        var seconds = parts.Sum(part => part.Seconds);
        var cpu = parts.Sum(part => part.CpuSeconds);
        return parts[^1] with
        {
            Requests = requests,
            Seconds = seconds,
            StandstillSeconds = parts.Sum(part => part.StandstillSeconds),
            // The worst one's.
            ScheduleLagUs = parts.Select(part => part.ScheduleLagUs).MaxBy(lag => lag.Max)!,
            PacingUs = parts.Select(part => part.PacingUs).MaxBy(lag => lag.Max)!,
            Connections = parts.Sum(part => part.Connections),
            Errors = parts.Aggregate(new LoadErrors(), (sum, part) => sum + part.Errors),
            LostRequests = parts.Sum(part => part.LostRequests),
            CpuUsPerRequest = LoadReport.UsPerRequest(cpu, requests),
            CpuSeconds = cpu,
            SpunSeconds = parts.Sum(part => part.SpunSeconds),
            CpuUtilization = Average(part => part.CpuUtilization),
            CpuSpinning = Average(part => part.CpuSpinning),
            CpuWaiting = Average(part => part.CpuWaiting),
            AllocatedBytes = parts.Sum(part => part.AllocatedBytes),
            LoadBoundReason = LoadReport.LoadBoundReasonOf(parts),
        };

        double Average(Func<LoadReport, double> share) =>
            seconds > 0 ? parts.Sum(part => share(part) * part.Seconds) / seconds : 0;
    }
}
