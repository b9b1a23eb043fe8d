namespace C10k.Harness.Planning;

/// <summary>How long a case should take in one round, by what its model starts and by what its workload does besides its windows.</summary>
internal static class CaseEstimate
{
    private const double ConnectsPerSecond = 15_000;

    // Starting and stopping server and load.
    private static readonly TimeSpan Overhead = TimeSpan.FromSeconds(1.2);

    // To start one, look at it while windows run, and end it: 10,000 processes on two CPUs made a case 95 s longer. A thread takes 176 µs
    // of CPU time where one is started for each connection (churn, docs/workloads.md).
    private static readonly TimeSpan EachProcess = TimeSpan.FromMilliseconds(9.5);
    private static readonly TimeSpan EachThread = TimeSpan.FromMilliseconds(0.2);

    // Until a crash is seen, and what becomes of the server.
    private static readonly TimeSpan Crash = TimeSpan.FromSeconds(0.5);

    public static TimeSpan Of(PlannedCase planned, RunSettings settings)
    {
        var workload = planned.Workload;
        // To find out what the rate is a share of, other clients come first, for a window.
        var rehearsals = workload.RateShare is null ? 0 : 1;
        var window = workload.WindowOf(planned.Clients, settings.Window);
        return Overhead
            + (1 + rehearsals) * (Preparing(planned, settings) + settings.WarmUp)
            + window * (Windows(workload, settings) + rehearsals)
            + (workload.IsCommandedOnce ? Crash : TimeSpan.Zero);
    }

    // Until all clients are connected and served, which is when a server starts what it has for each.
    private static TimeSpan Preparing(PlannedCase planned, RunSettings settings)
    {
        var (clients, cpus) = (planned.Clients, settings.ServerCpus);
        var processes = planned.Model.ProcessesWith(clients, cpus) - 1;
        var threads = planned.Model.ThreadsWith(clients, cpus) - 1 - processes;
        return TimeSpan.FromSeconds(clients / ConnectsPerSecond)
            + processes * EachProcess
            + Math.Max(0, threads) * EachThread;
    }

    private static int Windows(Workload workload, RunSettings settings)
    {
        // One before the crash, and one behind it at least.
        var own = workload.IsCommandedOnce ? Math.Max(2, settings.Windows) : settings.Windows;
        return own + (settings.Wrk is null ? 0 : settings.Windows) + (settings.CountSyscalls ? 1 : 0);
    }
}
