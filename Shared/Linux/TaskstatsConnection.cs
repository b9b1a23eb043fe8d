using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>
/// Asks the kernel for the context switches of a process as a whole (linux/taskstats.h over generic netlink): one question and
/// one answer of some 600 bytes, however many threads it has. The kernel answers only to CAP_NET_ADMIN.
/// </summary>
public sealed class TaskstatsConnection : IDisposable
{
    private readonly GenericNetlinkSocket _socket = new();
    private readonly ushort _family;

    /// <summary>Connects, and makes sure with a first question that the kernel answers this user.</summary>
    /// <exception cref="SystemCallException">EPERM without the privilege, ENOENT (2) when the kernel has no taskstats.</exception>
    public TaskstatsConnection()
    {
        try
        {
            _family = FindFamily();
            Demand(Read(Environment.ProcessId, out _));
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>The switches of a process so far.</summary>
    /// <returns><see cref="Errno.None"/>, or why there is no figure: ESRCH (3) when there is no such process.</returns>
    public Errno Read(int processId, out SwitchCounts counts)
    {
        counts = default;
        var question = MemoryMarshal.AsBytes(new ReadOnlySpan<int>(ref processId));
        var errno = _socket.Ask(
            _family,
            TaskstatsProtocol.TASKSTATS_CMD_GET,
            TaskstatsProtocol.TASKSTATS_CMD_ATTR_TGID,
            question,
            out var answer
        );
        if (errno != Errno.None)
            return errno;
        var process = GenericNetlinkSocket.Find(answer, TaskstatsProtocol.TASKSTATS_TYPE_AGGR_TGID);
        return Unpack(GenericNetlinkSocket.Find(process, TaskstatsProtocol.TASKSTATS_TYPE_STATS), out counts);
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();

    // The fields came with version 5 of the struct (Linux 2.6.23); longer structs of later kernels begin the same way.
    private static Errno Unpack(ReadOnlySpan<byte> stats, out SwitchCounts counts)
    {
        var complete = MemoryMarshal.TryRead<taskstats>(stats, out var values);
        counts = new SwitchCounts((long)values.nvcsw, (long)values.nivcsw);
        return complete ? Errno.None : Errno.EINVAL;
    }

    // Families have no fixed numbers: the controller tells the one that goes with a name.
    private ushort FindFamily()
    {
        var errno = _socket.Ask(
            Genetlink.GENL_ID_CTRL,
            Genetlink.CTRL_CMD_GETFAMILY,
            Genetlink.CTRL_ATTR_FAMILY_NAME,
            TaskstatsProtocol.TASKSTATS_GENL_NAME,
            out var answer
        );
        Demand(errno);
        return MemoryMarshal.Read<ushort>(GenericNetlinkSocket.Find(answer, Genetlink.CTRL_ATTR_FAMILY_ID));
    }

    private static void Demand(Errno errno)
    {
        if (errno != Errno.None)
            throw new SystemCallException("taskstats", errno);
    }
}
