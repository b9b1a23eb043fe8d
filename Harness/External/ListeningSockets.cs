using System.Globalization;
using C10k.Harness.Collecting;

namespace C10k.Harness.External;

/// <summary>
/// Who listens on a TCP port: the kernel's table tells the sockets by inode, and the descriptors of a process tell which it has open.
/// See proc_net(5) and proc_pid_fd(5).
/// </summary>
internal static class ListeningSockets
{
    private const string Listening = "0A"; // TCP_LISTEN of net/tcp_states.h

    /// <summary>Who listens on the port.</summary>
    /// <param name="port">On any address of this machine.</param>
    /// <param name="server">The first process of the server that should; its descendants may too.</param>
    public static PortOwner OwnerOf(int port, int server)
    {
        var inodes = All().Where(socket => socket.Port == port).Select(socket => socket.Inode).ToHashSet();
        if (inodes.Count == 0)
            return PortOwner.Nobody;
        foreach (var process in TreeOf(server))
        {
            if (!TryListSockets(process, out var open))
                return PortOwner.Server; // One that became another user does not show its descriptors to us.
            inodes.ExceptWith(open);
        }
        return inodes.Count == 0 ? PortOwner.Server : new PortOwner(false, NameOf(inodes));
    }

    /// <summary>The ports on which a server listens.</summary>
    public static IReadOnlyList<int> PortsOf(int server)
    {
        var open = new HashSet<long>();
        foreach (var process in TreeOf(server))
        {
            if (TryListSockets(process, out var sockets))
                open.UnionWith(sockets);
        }
        return [.. All().Where(socket => open.Contains(socket.Inode)).Select(socket => socket.Port).Distinct().Order()];
    }

    private static IEnumerable<int> TreeOf(int server) =>
        new ProcessTree(server, new ProcReader())
            .Find()
            .Where(process => !process.Zombie)
            .Select(process => process.Pid);

    private static IEnumerable<(int Port, long Inode)> All() => Read("/proc/net/tcp").Concat(Read("/proc/net/tcp6"));

    // Listeners stand before connections, of which there may be tens of thousands.
    private static List<(int Port, long Inode)> Read(string table)
    {
        var found = new List<(int, long)>();
        if (!File.Exists(table))
            return found;
        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[3] != Listening)
                break;
            var port = int.Parse(words[1].AsSpan(words[1].IndexOf(':') + 1), NumberStyles.HexNumber);
            found.Add((port, long.Parse(words[9], CultureInfo.InvariantCulture)));
        }
        return found;
    }

    private static bool TryListSockets(int process, out List<long> inodes)
    {
        inodes = [];
        try
        {
            foreach (var link in Directory.EnumerateFiles($"/proc/{process}/fd"))
            {
                const string Prefix = "socket:[";
                if (TargetOf(link) is { } target && target.StartsWith(Prefix, StringComparison.Ordinal))
                    inodes.Add(long.Parse(target.AsSpan(Prefix.Length).TrimEnd(']'), CultureInfo.InvariantCulture));
            }
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true; // It has ended.
        }
    }

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null; // Closed meanwhile.
        }
    }

    private static string NameOf(HashSet<long> inodes)
    {
        var processes = new List<int>();
        ProcReader.TryListProcesses(processes);
        foreach (var process in processes)
        {
            if (TryListSockets(process, out var open) && inodes.Overlaps(open))
                return $"{CommandOf(process)} (pid {process})";
        }
        return "a process of another user";
    }

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").TrimEnd();
        }
        catch (IOException)
        {
            return "a process that has ended";
        }
    }
}

/// <summary>Who listens on a port.</summary>
/// <param name="IsServer">It is the server that was started, alone.</param>
/// <param name="Stranger">Else who it is; null where nobody listens.</param>
internal readonly record struct PortOwner(bool IsServer, string? Stranger)
{
    public static readonly PortOwner Nobody = new(false, null);

    public static readonly PortOwner Server = new(true, null);
}
