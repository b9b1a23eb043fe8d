namespace C10k.Contract;

/// <summary>Bounds that several of the executables keep to: what one of them grants, another one waits for, asks for, or foretells.</summary>
public static class Bounds
{
    /// <summary>The most clients that can be asked for.</summary>
    public const int MostClients = 1_000_000;

    /// <summary>The longest message in bytes, where a conversation has no bound of its own.</summary>
    public const int LongestMessage = 1 << 24;

    /// <summary>How many connections may wait for accept(2), where nothing else is said; the kernel caps it at net.core.somaxconn.</summary>
    public const int Backlog = 4096;

    /// <summary>How many addresses of the loopback network clients connect from, at most: 127.0.0.1 to 127.0.0.250.</summary>
    public const int SourceAddresses = 250;

    /// <summary>How long clients wait for their first reply, at most: a server may start a process for each of ten thousand.</summary>
    public static readonly TimeSpan Greeting = TimeSpan.FromSeconds(90);

    /// <summary>How many connections an address takes. Of its ports towards one server a third stays free: the fuller, the slower one is found.</summary>
    /// <param name="ports">How many ports the kernel gives to outgoing connections; see ip(7), ip_local_port_range.</param>
    public static long ConnectionsAnAddress(long ports) => Math.Max(1, ports * 2 / 3);
}
