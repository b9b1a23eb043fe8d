using System.Globalization;

namespace C10k.Nodes.Collecting;

/// <summary>How long CPUs have been idle since boot; see proc_stat(5).</summary>
internal static class IdleTime
{
    // USER_HZ, which the kernel keeps at 100 on every architecture .NET runs on.
    private const long TimeSpanTicksPerClockTick = TimeSpan.TicksPerSecond / 100;

    /// <summary>The sum over the CPUs, or null where the kernel does not tell.</summary>
    public static TimeSpan? Read(CpuSet cpus)
    {
        try
        {
            return Parse(File.ReadLines("/proc/stat"), cpus);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static TimeSpan? Parse(IEnumerable<string> lines, CpuSet cpus)
    {
        var (found, ticks, all) = (0, 0L, 0L);
        foreach (var line in lines.TakeWhile(line => line.StartsWith("cpu", StringComparison.Ordinal)))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!int.TryParse(fields[0].AsSpan(3), out var cpu) || !cpus.Cpus.Contains(cpu) || fields.Length < 6)
                continue;
            found++;
            // Waiting for a disk is idle too.
            ticks += Number(fields[4]) + Number(fields[5]);
            all += fields[1..].Sum(Number);
        }
        // Sandboxes with a kernel of their own show nothing but zeros.
        return found == cpus.Cpus.Count && all > 0 ? new TimeSpan(ticks * TimeSpanTicksPerClockTick) : null;
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
