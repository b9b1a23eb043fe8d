using System.Globalization;

namespace C10k.Tests.Support;

/// <summary>Other programs come and go: what needs a CPU for itself waits until they have left one, for as long as is reasonable.</summary>
internal static class QuietMachine
{
    // Of all CPUs together; what a test starts is not running yet.
    private const double Enough = 0.6;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Ends when the CPUs were mostly idle for a second, or after a minute.</summary>
    public static async Task Awaited()
    {
        var end = DateTime.UtcNow + Longest;
        do
        {
            var before = CpuTimes();
            await Task.Delay(Look);
            var after = CpuTimes();
            if (after.Idle - before.Idle > Enough * (after.All - before.All))
                return;
        } while (DateTime.UtcNow < end);
    }

    // The first line of /proc/stat: cpu, user, nice, system, idle, iowait, …, see proc(5).
    private static (double Idle, double All) CpuTimes()
    {
        var line = File.ReadLines("/proc/stat").First();
        double[] times =
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(time => double.Parse(time, CultureInfo.InvariantCulture)),
        ];
        return (times[3] + times[4], times.Sum());
    }
}
