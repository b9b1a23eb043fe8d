using System.Text;

namespace C10k.Linux;

/// <summary>Sockets within the machine; see unix(7).</summary>
public static unsafe partial class Syscall
{
    // Family, the zero byte of an abstract name, and the name.
    private const int LocalNameBegins = sizeof(ushort) + 1;

    /// <summary>Listens on an abstract name, which is in no folder and gone with the process.</summary>
    /// <returns>The descriptor, which blocks.</returns>
    /// <exception cref="SystemCallException">The name is taken, or longer than 100 bytes.</exception>
    public static int ListenLocally(string name)
    {
        var address = stackalloc byte[110];
        var length = LocalNameBegins + Encoding.UTF8.GetBytes(name, new Span<byte>(address + LocalNameBegins, 100));
        *(ushort*)address = Socket.AF_UNIX;
        var type = Socket.SOCK_STREAM | Socket.SOCK_CLOEXEC;
        var descriptor = Required("socket", Socket.socket(Socket.AF_UNIX, type, 0));
        Required("bind", Socket.bind(descriptor, (sockaddr_in*)address, length));
        Listen(descriptor, 4);
        return descriptor;
    }
}
