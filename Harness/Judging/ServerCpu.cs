namespace C10k.Harness.Judging;

/// <summary>The CPU that a server used in a window.</summary>
/// <param name="Cores">CPU seconds a second; null where it could not be looked at.</param>
/// <param name="Seconds">How long the window was.</param>
/// <param name="Requests">How many requests were answered in it.</param>
internal readonly record struct ServerCpu(double? Cores, double Seconds, long Requests)
{
    /// <summary>
    /// CPU time for each request, in microseconds, over those windows in which the server could be looked at; null where there are none,
    /// or nothing was answered in them.
    /// </summary>
    public static double? UsPerRequest(IEnumerable<ServerCpu> windows)
    {
        var seen = windows.Where(window => window.Cores is not null).ToList();
        var requests = seen.Sum(window => window.Requests);
        return requests > 0 ? seen.Sum(window => window.Cores * window.Seconds) * 1e6 / requests : null;
    }
}
