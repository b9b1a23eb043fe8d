using System.Net.Sockets;
using C10k.Contract;

namespace C10k.Nodes.Collecting;

/// <summary>Asks a server what it tells of itself, see docs/process-contract.md.</summary>
internal static class SelfReports
{
    // A server that has no time to answer is left alone: its clients are what it is there for.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Null where it does not tell.</summary>
    /// <param name="name">The name of its abstract socket; empty where it was not asked to tell.</param>
    public static SelfReport? Ask(string name)
    {
        if (name.Length == 0)
            return null;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            {
                ReceiveTimeout = (int)Patience.TotalMilliseconds,
            };
            socket.Connect(new UnixDomainSocketEndPoint("\0" + name));
            using var reader = new StreamReader(new NetworkStream(socket));
            return reader.ReadLine() is { } line ? SelfReport.TryParse(line) : null;
        }
        catch (Exception silent) when (silent is IOException or SocketException)
        {
            return null;
        }
    }
}
