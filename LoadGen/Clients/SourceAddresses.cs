using System.Globalization;
using System.Net;
using C10k.Contract;

namespace C10k.LoadGen.Clients;

/// <summary>
/// The addresses that clients connect from. One address has some 28,000 ports towards one server, and finding a free one gets slow
/// well before they are used up; on the loopback network there are addresses enough: 127.0.0.1, 127.0.0.2 and so on.
/// </summary>
internal sealed class SourceAddresses
{
    private const string PortRangeFile = "/proc/sys/net/ipv4/ip_local_port_range";

    private readonly IPAddress[] _addresses;

    /// <param name="clients">How many connections stand at the same moment.</param>
    /// <param name="renewed">Whether connections are closed and opened again: a closed one keeps its port for a minute.</param>
    /// <param name="ports">How many ports an address has.</param>
    public SourceAddresses(IPAddress target, int clients, bool renewed, int ports)
    {
        var perAddress = Bounds.ConnectionsAnAddress(ports);
        var needed = (int)((clients + perAddress - 1) / perAddress);
        var count =
            !IPAddress.IsLoopback(target) ? 0
            : renewed ? Math.Max(needed, 8)
            : needed;
        // One is as good as none: the kernel chooses it by itself, without a call.
        _addresses =
            count < 2 ? [] : [.. Enumerable.Range(1, Math.Min(count, Bounds.SourceAddresses)).Select(Loopback)];
    }

    /// <summary>How many there are; 0 where the kernel chooses.</summary>
    public int Count => _addresses.Length;

    /// <summary>How many ports this machine gives to outgoing connections of one address.</summary>
    public static int LocalPorts()
    {
        try
        {
            var words = File.ReadAllText(PortRangeFile).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(words[1], CultureInfo.InvariantCulture)
                - int.Parse(words[0], CultureInfo.InvariantCulture)
                + 1;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return 28_232; // The kernel's default.
        }
    }

    /// <summary>The address for a connection; null where the kernel chooses.</summary>
    public IPAddress? Of(long connection) => Count == 0 ? null : _addresses[connection % Count];

    private static IPAddress Loopback(int number) => new([127, 0, 0, (byte)number]);
}
