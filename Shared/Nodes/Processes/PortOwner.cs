using System.Net;
using C10k.Nodes.Collecting;

namespace C10k.Nodes.Processes;

/// <summary>
/// Makes sure that what listens behind an address is the server that was started, or a process that it started: by the inodes of the
/// listening sockets, which /proc/net/tcp tells of the port and /proc/PID/fd of each process. Whoever else answers there would be timed
/// in its place.
/// </summary>
internal static class PortOwner
{
    // One look may miss a socket where others come and go.
    private const int Looks = 5;

    /// <param name="endPoint">What the server announced.</param>
    /// <param name="server">The process that was started.</param>
    /// <exception cref="NodeException">Nobody listens there, or somebody else does; the message names him.</exception>
    public static void Check(IPEndPoint endPoint, int server) =>
        Check(endPoint, server, () => ListeningSockets.Behind(endPoint, server));

    internal static void Check(IPEndPoint endPoint, int server, Func<IReadOnlyList<ListeningSocket>> look)
    {
        string? wrong = null;
        for (var looks = 0; looks < Looks; looks++)
        {
            wrong = WhatIsWrong(endPoint, server, look());
            if (wrong is null)
                return;
        }
        throw new NodeException(wrong!);
    }

    private static string? WhatIsWrong(IPEndPoint endPoint, int server, IReadOnlyList<ListeningSocket> listeners)
    {
        if (listeners.Count == 0)
            return $"nobody listens on {endPoint}, which the server announced";
        var foreign = listeners.ToDictionary(listener => listener.Inode);
        foreach (var process in new ProcessTree(server, new ProcReader()).Find())
        {
            // Whoever may not look into a process cannot accuse it either.
            if (ProcessSockets.TryRead(process.Pid) is not { } sockets)
                return null;
            foreach (var inode in sockets)
                foreign.Remove(inode);
            if (foreign.Count == 0)
                return null;
        }
        return $"{endPoint} belongs to {Name(foreign.Values.First())}, not to the server that was started (process {server})";
    }

    /// <summary>Who listens there, by name; null where nobody does.</summary>
    public static string? NameOf(IPEndPoint endPoint) =>
        ListeningSockets.Behind(endPoint, Environment.ProcessId) is [var first, ..] ? Name(first) : null;

    private static string Name(ListeningSocket socket)
    {
        foreach (var process in ProcessSockets.AllProcesses())
        {
            if (ProcessSockets.TryRead(process)?.Contains(socket.Inode) is true)
                return $"process {process} ({ProcessSockets.CommandOf(process)})";
        }
        return $"a process of user {socket.User}";
    }
}
