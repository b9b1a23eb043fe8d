using System.Globalization;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>What this process has open, as /proc shows it: other tests have their own open at the same time.</summary>
internal static class OwnDescriptors
{
    private const string Folder = "/proc/self/fd";
    private const string Socket = "socket:[";

    /// <summary>The paths of all open files.</summary>
    public static IReadOnlyList<string> Files() => [.. Directory.GetFiles(Folder).Select(TargetOf).OfType<string>()];

    /// <summary>The connections to these ports of the loopback network, as /proc/net/tcp tells of them (proc_net_tcp, kernel documentation).</summary>
    public static IReadOnlyList<string> ConnectionsTo(IReadOnlySet<int> ports)
    {
        const int Remote = 2;
        const int Inode = 9;
        var own = Files().Where(file => file.StartsWith(Socket, StringComparison.Ordinal)).ToHashSet();
        return
        [
            .. from line in File.ReadLines("/proc/net/tcp").Skip(1)
            let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where own.Contains($"{Socket}{fields[Inode]}]") && ports.Contains(PortOf(fields[Remote]))
            select line,
        ];
    }

    private static int PortOf(string address) =>
        int.Parse(address[(address.IndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
