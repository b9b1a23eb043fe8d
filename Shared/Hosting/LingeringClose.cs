using System.Diagnostics;
using System.Net.Sockets;
using C10k.Linux;
using Socket = System.Net.Sockets.Socket;

namespace C10k.Hosting;

/// <summary>
/// How a server ends a connection in which the client may still be sending. Closing a socket that has unread input, or gets some
/// afterwards, sends a reset, and a reset takes away from the client what it has not read yet: the very reply that told it why. So
/// the server ends its own direction first, then receives and drops until the client has ended the other, and closes then; or when the
/// client had its time. See RFC 9112 §9.6.
/// </summary>
public static class LingeringClose
{
    /// <summary>How long a client may take to end its side.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>How much a client may still send.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Whether there is input that nobody has read: then closing at once would send a reset.</summary>
    public static bool HasInput(int descriptor)
    {
        Span<pollfd> entries = [new pollfd { fd = descriptor, events = Poll.POLLIN }];
        return Syscall.WaitPoll(entries, TimeSpan.Zero) > 0;
    }

    /// <summary>Lingers with blocking calls; the caller closes the descriptor.</summary>
    /// <param name="scratch">Is overwritten.</param>
    public static void Linger(int descriptor, Span<byte> scratch)
    {
        Syscall.EndSending(descriptor);
        var deadline = Stopwatch.GetTimestamp() + (long)(Limit.TotalSeconds * Stopwatch.Frequency);
        var dropped = 0;
        while (dropped < MaxBytes && IsReadable(descriptor, deadline))
        {
            var transfer = Syscall.Receive(descriptor, scratch);
            if (!transfer.Moved)
                return;
            dropped += transfer.Result;
        }
    }

    /// <summary>Lingers asynchronously, until the server stops at the latest; the caller closes the socket.</summary>
    /// <param name="scratch">Is overwritten.</param>
    public static async ValueTask Linger(Socket socket, Memory<byte> scratch, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            for (var left = MaxBytes; left > 0; )
            {
                var received = await socket.ReceiveAsync(scratch, limit.Token);
                left = received == 0 ? 0 : left - received;
            }
        }
        catch (Exception lost) when (lost is SocketException or OperationCanceledException)
        {
            // The connection is lost, or the client had its time.
        }
    }

    private static bool IsReadable(int descriptor, long deadline)
    {
        Span<pollfd> entries = [new pollfd { fd = descriptor, events = Poll.POLLIN }];
        while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline) is var left && left > TimeSpan.Zero)
        {
            // None where a signal came between.
            if (Syscall.WaitPoll(entries, left) > 0)
                return true;
        }
        return false;
    }
}
