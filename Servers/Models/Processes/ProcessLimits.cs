using System.Globalization;
using C10k.Linux;

namespace C10k.Servers.Models.Processes;

/// <summary>What keeps a server from starting another process, in the words of whoever has to mend it.</summary>
internal sealed class ProcessLimits
{
    // What is left to the rest of the machine. Without it the kernel would kill processes, ours or others, to gain memory.
    private const int ReservedShare = 32;

    private const int StartsPerLook = 32;

    private int _starts;
    private bool _memoryIsShort;

    /// <summary>Whether there is memory for one more; to be asked before each start.</summary>
    public bool HasMemory()
    {
        if (_starts++ % StartsPerLook == 0 && MemoryInfo("MemAvailable") is { } available)
            _memoryIsShort = available < MemoryInfo("MemTotal") / ReservedShare;
        return !_memoryIsShort;
    }

    /// <summary>What an error of posix_spawn means.</summary>
    public static string Explain(Errno error) =>
        error switch
        {
            Errno.EAGAIN =>
                $"EAGAIN, there may be no more processes: kernel.pid_max is {Sysctl("kernel/pid_max")}, kernel.threads-max "
                    + $"{Sysctl("kernel/threads-max")}, ulimit -u {UserLimit()}, pids.max of the control group {GroupLimit()}",
            Errno.ENOMEM => $"ENOMEM, there is no memory for it: {MemoryInfo("MemAvailable") / 1024} MiB are left",
            _ => error.ToString(),
        };

    private static long? MemoryInfo(string name)
    {
        var line = Lines("/proc/meminfo").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static string Sysctl(string name) => Lines($"/proc/sys/{name}").FirstOrDefault("unknown");

    private static string UserLimit() =>
        Lines("/proc/self/limits")
            .FirstOrDefault(line => line.StartsWith("Max processes", StringComparison.Ordinal))
            ?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2] ?? "unknown";

    // Of the first and of the second version of control groups, in this order, see cgroups(7).
    private static string GroupLimit()
    {
        var groups = Lines("/proc/self/cgroup").Select(line => line.Split(':', 3)).ToList();
        var first = groups.Find(group => group[1].Split(',').Contains("pids"))?[2];
        var second = groups.Find(group => group[0] == "0")?[2];
        return Lines($"/sys/fs/cgroup/pids{first}/pids.max")
            .Concat(Lines($"/sys/fs/cgroup{second}/pids.max"))
            .FirstOrDefault("unknown");
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
