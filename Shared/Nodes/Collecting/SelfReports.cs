using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using C10k.Contract;

namespace C10k.Nodes.Collecting;

/// <summary>Asks a server what it tells of itself, see docs/process-contract.md.</summary>
internal static class SelfReports
{
    // Ours have some 200 bytes.
    private const int MostBytes = 4096;

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
            // Where a server has let some asks stand, connect would wait for it without end (unix(7)); so it fails at once.
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            {
                Blocking = false,
            };
            socket.Connect(new UnixDomainSocketEndPoint("\0" + name));
            return ReadLine(socket) is { } line ? SelfReport.TryParse(line) : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    // The patience is for the whole line: one that comes byte by byte would hold up the border of a window.
    private static string? ReadLine(Socket socket)
    {
        var begin = Stopwatch.GetTimestamp();
        var line = new byte[MostBytes];
        var length = 0;
        while (length < line.Length && socket.Poll(Left(begin), SelectMode.SelectRead))
        {
            var received = socket.Receive(line.AsSpan(length));
            var end = line.AsSpan(length, received).IndexOf((byte)'\n');
            length += end < 0 ? received : end;
            if (end >= 0 || received == 0)
                return Encoding.UTF8.GetString(line, 0, length);
        }
        return null;
    }

    // Not below nothing, which Poll takes for ever.
    private static TimeSpan Left(long begin)
    {
        var left = Patience - Stopwatch.GetElapsedTime(begin);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
