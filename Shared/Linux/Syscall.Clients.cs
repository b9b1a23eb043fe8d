using System.Buffers.Text;
using System.Net;

namespace C10k.Linux;

/// <summary>What only somebody needs who opens very many connections and sends at exact moments.</summary>
public static unsafe partial class Syscall
{
    /// <summary>Lets the calling thread's timed waits end when they are due, and not up to 50 µs later, see PR_SET_TIMERSLACK in prctl(2).</summary>
    public static void WakeOnTime() => _ = Prctl.prctl(Prctl.PR_SET_TIMERSLACK, 1);

    /// <summary>
    /// Gives the socket its own address, and leaves the port to connect(2), which may use one again that goes to another destination;
    /// see IP_BIND_ADDRESS_NO_PORT in ip(7).
    /// </summary>
    /// <returns><see cref="Errno.None"/>, or why it failed.</returns>
    public static Errno BindAddress(int descriptor, IPAddress source)
    {
        var on = 1;
        _ = Socket.setsockopt(descriptor, Socket.IPPROTO_IP, Socket.IP_BIND_ADDRESS_NO_PORT, &on, sizeof(int));
        var address = ToNative(new IPEndPoint(source, 0));
        return Socket.bind(descriptor, &address, sizeof(sockaddr_in)) == 0 ? Errno.None : LastErrno();
    }

    /// <summary>
    /// How long the calling thread was ready to run and waited for a CPU, since it began; from /proc/thread-self/schedstat, see
    /// proc(5). Zero where the kernel does not count it.
    /// </summary>
    public static TimeSpan ThreadRunQueueWait()
    {
        var descriptor = OpenToRead("/proc/thread-self/schedstat\0"u8);
        if (descriptor < 0)
            return TimeSpan.Zero;
        Span<byte> line = stackalloc byte[96];
        var length = Math.Max(0, Read(descriptor, line).Result);
        Close(descriptor);
        ReadOnlySpan<byte> fields = line[..length];
        var second = fields[(fields.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(second, out long nanoseconds, out _)
            ? TimeSpan.FromTicks(nanoseconds / 100)
            : TimeSpan.Zero;
    }
}
