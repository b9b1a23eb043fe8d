namespace C10k.Nodes.Collecting;

/// <summary>
/// Reads /proc/PID/net/netstat and /proc/PID/net/snmp: pairs of lines that begin alike, names above and values below. They count
/// for the whole network namespace of that process. See proc_pid_net(5).
/// </summary>
internal static class NetworkCounters
{
    /// <summary>Null when the text does not tell this counter.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="group">As <c>TcpExt</c>.</param>
    /// <param name="counter">As <c>ListenDrops</c>.</param>
    public static long? Find(string text, string group, string counter)
    {
        var lines = text.Split('\n').Where(line => line.StartsWith(group + ":", StringComparison.Ordinal)).ToList();
        if (lines.Count != 2)
            return null;
        var column = Array.IndexOf(lines[0].Split(' '), counter);
        var values = lines[1].Split(' ');
        return column > 0 && column < values.Length && long.TryParse(values[column], out var value) ? value : null;
    }
}
