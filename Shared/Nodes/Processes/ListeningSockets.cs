using System.Globalization;
using System.Net;

namespace C10k.Nodes.Processes;

/// <summary>A socket that listens.</summary>
/// <param name="Inode">Its number; a process that has it open has a link <c>socket:[number]</c> in /proc/PID/fd.</param>
/// <param name="User">Whose it is.</param>
internal readonly record struct ListeningSocket(long Inode, long User);

/// <summary>
/// Finds the sockets that take connections to an address, as /proc/PID/net/tcp and tcp6 list them, see proc_pid_net(5). The kernel lists
/// them piece by piece: of sockets that come and go meanwhile it may pass one over, or tell of it twice.
/// </summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";
    private const string AnyV4 = "00000000";
    private const string AnyV6 = "00000000000000000000000000000000";
    private const string MappedV4 = "0000000000000000FFFF0000";

    /// <param name="endPoint">An IPv4 address and port.</param>
    /// <param name="process">Whose network it is about.</param>
    public static IReadOnlyList<ListeningSocket> Behind(IPEndPoint endPoint, int process) =>
        Behind(endPoint, [.. ReadRows($"/proc/{process}/net/tcp"), .. ReadRows($"/proc/{process}/net/tcp6")]);

    internal static IReadOnlyList<ListeningSocket> Behind(IPEndPoint endPoint, IReadOnlyList<string[]> rows)
    {
        var port = endPoint.Port.ToString("X4", CultureInfo.InvariantCulture);
        var ofPort = rows.Where(row => row[1].EndsWith(":" + port, StringComparison.Ordinal))
            .ToLookup(row => row[1][..^5]);
        var address = Hexadecimal(endPoint.Address);
        // The kernel prefers a socket that is bound to the very address; those that are bound to all come after it.
        string[][][] byPreference =
        [
            [.. ofPort[address], .. ofPort[MappedV4 + address]],
            [.. ofPort[AnyV4], .. ofPort[AnyV6]],
        ];
        return [.. (byPreference.FirstOrDefault(found => found.Length > 0) ?? []).Select(ToSocket).Distinct()];
    }

    /// <summary>The ports on which any of these processes listens.</summary>
    /// <param name="processes">They share a network.</param>
    public static IReadOnlyList<int> PortsOf(IReadOnlySet<int> processes)
    {
        var inodes = processes.SelectMany(process => ProcessSockets.TryRead(process) ?? []).ToHashSet();
        var rows = processes
            .Take(1)
            .SelectMany(process => ReadRows($"/proc/{process}/net/tcp").Concat(ReadRows($"/proc/{process}/net/tcp6")));
        return
        [
            .. rows.Where(row => inodes.Contains(ToSocket(row).Inode))
                .Select(row => int.Parse(row[1].AsSpan(row[1].IndexOf(':') + 1), NumberStyles.HexNumber))
                .Distinct()
                .Order(),
        ];
    }

    // Those that listen come first, and there are few; ten thousand connections come behind them.
    private static IEnumerable<string[]> ReadRows(string path)
    {
        IEnumerable<string> lines;
        try
        {
            lines = File.ReadLines(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
        return lines
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .TakeWhile(row => row.Length > 9 && row[3] == Listening);
    }

    // As the kernel prints it: the four bytes as one number of this machine.
    private static string Hexadecimal(IPAddress address) =>
        BitConverter.ToUInt32(address.GetAddressBytes()).ToString("X8", CultureInfo.InvariantCulture);

    private static ListeningSocket ToSocket(string[] row) =>
        new(long.Parse(row[9], CultureInfo.InvariantCulture), long.Parse(row[7], CultureInfo.InvariantCulture));
}
