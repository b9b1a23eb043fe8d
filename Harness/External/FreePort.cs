using System.Net;
using C10k.Hosting;
using C10k.Linux;
using C10k.Nodes;

namespace C10k.Harness.External;

/// <summary>Finds a port for a server that cannot choose one itself.</summary>
internal static class FreePort
{
    // Below are the ports that services are known by.
    private const int First = 10_000;
    private const int Last = 65_535;

    // So many that two runs at once hardly ever draw the same one.
    private const int Enough = 1_000;
    private const int Attempts = 100;

    /// <summary>
    /// A port on which nobody listens, on any address. It is let go again for the server to take: whoever asks for that very port may be
    /// quicker, and then the case fails. So may an outgoing connection, but only where the kernel's range leaves too few other ports.
    /// </summary>
    public static int Choose()
    {
        var ports = Candidates(MachineLimits.OutgoingPorts());
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryListen(ports[Random.Shared.Next(ports.Count)]) is { } free)
                return free;
        }
        return TryListen(0) ?? throw new InvalidOperationException("no TCP port is free");
    }

    /// <summary>
    /// Those that no outgoing connection gets, where they are enough. Where the range was widened to nearly all ports, as many clients
    /// want it (docs/scale.md), any port is as good as another.
    /// </summary>
    /// <param name="outgoing">What the kernel gives to outgoing connections; see ip(7), ip_local_port_range.</param>
    internal static IReadOnlyList<int> Candidates((int First, int Last) outgoing)
    {
        var all = Enumerable.Range(First, Last - First + 1);
        int[] others = [.. all.Where(port => port < outgoing.First || port > outgoing.Last)];
        return others.Length >= Enough ? others : [.. all];
    }

    private static int? TryListen(int port)
    {
        try
        {
            using var listener = Listener.Open(new IPEndPoint(IPAddress.Any, port), backlog: 1, nonBlocking: true);
            return listener.EndPoint.Port;
        }
        catch (SystemCallException)
        {
            return null;
        }
    }
}
