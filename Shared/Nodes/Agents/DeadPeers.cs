using System.Net.Sockets;

namespace C10k.Nodes.Agents;

/// <summary>Connections to a machine that has gone without a word are lost after a while, instead of after a quarter of an hour.</summary>
internal static class DeadPeers
{
    /// <summary>How long sent data may stay without acknowledgement, and how long an agent may be silent.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // TCP_USER_TIMEOUT, in milliseconds; see tcp(7).
    private const int TcpLevel = 6;
    private const int UserTimeout = 18;

    /// <summary>Bounds it for this socket, and for those that it accepts.</summary>
    public static void GiveUp(Socket socket) =>
        socket.SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes((int)Patience.TotalMilliseconds));
}
