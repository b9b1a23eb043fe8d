using System.Globalization;
using C10k.Linux;

namespace C10k.Nodes;

/// <summary>What this machine allows, as far as it bounds the number of clients.</summary>
/// <param name="Descriptors">Open files of one process: the hard limit, to which every process of the bench is raised.</param>
/// <param name="Ports">Local ports for connections from one address to one server.</param>
/// <param name="Tasks">Threads and processes together, of all users.</param>
/// <param name="TasksInUse">Those that there are already.</param>
/// <param name="MemoryMaps">Memory maps of one process.</param>
/// <param name="MemoryKb">Memory that programs can have before the kernel must swap: <c>MemAvailable</c> of proc_meminfo(5).</param>
internal sealed record MachineLimits(
    long Descriptors,
    long Ports,
    long Tasks,
    long TasksInUse,
    long MemoryMaps,
    long MemoryKb
)
{
    /// <summary>Threads and processes of this user (RLIMIT_NPROC); null where nothing bounds them, as for root.</summary>
    public long? UserTasks { get; init; }

    /// <summary>Those that this user has already.</summary>
    public long UserTasksInUse { get; init; }

    /// <summary>What the control groups of this process allow.</summary>
    public ControlGroup Group { get; init; } = new();

    /// <summary>How many connections may wait to be accepted, whatever a server asks for (<c>net.core.somaxconn</c>).</summary>
    public long AcceptQueue { get; init; }

    /// <summary>How many connections may be half open on a listening socket (<c>net.ipv4.tcp_max_syn_backlog</c>).</summary>
    public long SynQueue { get; init; }

    /// <summary>Reads the limits of this process and of the kernel.</summary>
    public static MachineLimits Read()
    {
        var (first, last) = OutgoingPorts();
        return new MachineLimits(
            Syscall.DescriptorLimit().Hard,
            last - first + 1,
            Math.Min(
                ReadNumbers("/proc/sys/kernel/pid_max", 32768)[0],
                ReadNumbers("/proc/sys/kernel/threads-max", 32768)[0]
            ),
            CountTasks(),
            ReadNumbers("/proc/sys/vm/max_map_count", 65530)[0],
            ReadAvailableMemory()
        )
        {
            UserTasks = Environment.IsPrivilegedProcess ? null : Syscall.TaskLimit(),
            UserTasksInUse = Environment.IsPrivilegedProcess ? 0 : UserTaskCount.Read(),
            Group = ControlGroup.Read(),
            AcceptQueue = ReadNumbers("/proc/sys/net/core/somaxconn", 4096)[0],
            SynQueue = ReadNumbers("/proc/sys/net/ipv4/tcp_max_syn_backlog", 1024)[0],
        };
    }

    /// <summary>The first and the last of the ports that the kernel gives to outgoing connections; see ip(7), ip_local_port_range.</summary>
    public static (int First, int Last) OutgoingPorts()
    {
        var range = ReadNumbers("/proc/sys/net/ipv4/ip_local_port_range", 32768, 60999);
        return ((int)range[0], (int)range[1]);
    }

    // A file that cannot be read stands for the kernel's own default.
    private static long[] ReadNumbers(string path, params long[] byDefault)
    {
        try
        {
            var words = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return [.. words.Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return byDefault;
        }
    }

    private static long ReadAvailableMemory()
    {
        var line = File.ReadLines("/proc/meminfo")
            .First(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    // The fourth word of /proc/loadavg is running/existing tasks, see proc_loadavg(5).
    private static long CountTasks()
    {
        var words = File.ReadAllText("/proc/loadavg").Split(' ');
        return long.Parse(words[3].Split('/')[1], CultureInfo.InvariantCulture);
    }
}
