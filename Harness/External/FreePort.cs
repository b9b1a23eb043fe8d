using System.Net;
using C10k.Hosting;
using C10k.Linux;

namespace C10k.Harness.External;

/// <summary>Finds a port for a server that cannot choose one itself.</summary>
internal static class FreePort
{
    // Below the ports that Linux gives to outgoing connections, see ip(7), ip_local_port_range.
    private const int First = 10_000;
    private const int BehindLast = 32_000;
    private const int Attempts = 100;

    /// <summary>A port on which nobody listens, on any address. Somebody else may still be quicker than the server.</summary>
    public static int Choose()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = Random.Shared.Next(First, BehindLast);
            if (TryListen(port) is { } free)
                return free;
        }
        return TryListen(0) ?? throw new InvalidOperationException("no TCP port is free");
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
