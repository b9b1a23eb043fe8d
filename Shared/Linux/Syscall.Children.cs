namespace C10k.Linux;

/// <summary>A parent and its children: learning of their end, and ending with the parent.</summary>
public static unsafe partial class Syscall
{
    /// <summary>
    /// The id of a child that has ended and was not reaped yet; null when there is none. It stays to be reaped by <see cref="Reap"/>, so
    /// that only children that the caller knows are taken: others may belong to <see cref="System.Diagnostics.Process"/>.
    /// </summary>
    /// <param name="wait">Whether to wait until one ends; null then means that no children are left.</param>
    public static int? EndedChild(bool wait)
    {
        while (true)
        {
            siginfo_t info = default;
            if (Wait.waitid(Wait.P_ALL, 0, &info, Wait.WEXITED | Wait.WNOWAIT | (wait ? 0 : Wait.WNOHANG)) == 0)
                return info.si_pid == 0 ? null : info.si_pid;
            if (LastErrno() is var errno && errno != Errno.EINTR)
                return errno == Errno.ECHILD ? null : throw new SystemCallException("waitid", errno);
        }
    }

    /// <summary>Takes note of the end of a child, which removes the last of it from the kernel's table; waits for the end if need be.</summary>
    public static ChildEnd Reap(int child)
    {
        int status;
        while (Wait.waitpid(child, &status, 0) < 0)
        {
            if (LastErrno() is var errno && errno != Errno.EINTR)
                throw new SystemCallException("waitpid", errno);
        }
        return new ChildEnd(status);
    }

    /// <summary>
    /// Makes children that end stay until they are reaped, which is the default; a process whose parent ignored SIGCHLD ignores it too,
    /// and then is never told of their end.
    /// </summary>
    public static void KeepEndedChildren() => _ = Sched.signal(Sched.SIGCHLD, Sched.SIG_DFL);

    /// <summary>
    /// Asks the kernel to end this process at once when its parent ends, whatever ended that. False when the parent is not the process
    /// that it should be: it ended before it was asked.
    /// </summary>
    public static bool EndWithParent(int parent)
    {
        Required("prctl", Prctl.prctl(Prctl.PR_SET_PDEATHSIG, Sched.SIGKILL));
        return Unistd.getppid() == parent;
    }

    /// <summary>Makes this process the parent of all its descendants whose own parent ends, see prctl(2), PR_SET_CHILD_SUBREAPER.</summary>
    public static void AdoptOrphans() => Required("prctl", Prctl.prctl(Prctl.PR_SET_CHILD_SUBREAPER, 1));

    /// <summary>
    /// Leaves what is sent to the whole process group to the parent, by a terminal, as Ctrl-C, or by a service manager: it ends its children
    /// itself, and would take them for broken if they ended before it knows.
    /// </summary>
    public static void IgnoreGroupSignals()
    {
        foreach (var signal in (ReadOnlySpan<int>)[Sched.SIGHUP, Sched.SIGINT, Sched.SIGQUIT, Sched.SIGTERM])
            _ = Sched.signal(signal, Sched.SIG_IGN);
    }

    /// <summary>Two connected descriptors, closed on exec: what is written to one is read from the other.</summary>
    public static (int Ours, int Theirs) CreateSocketPair()
    {
        var pair = stackalloc int[2];
        Required("socketpair", Socket.socketpair(Socket.AF_UNIX, Socket.SOCK_STREAM | Socket.SOCK_CLOEXEC, 0, pair));
        return (pair[0], pair[1]);
    }
}

/// <summary>How a child ended, from wait(2).</summary>
public readonly record struct ChildEnd(int Status)
{
    /// <summary>It ended by itself, with exit code 0.</summary>
    public bool IsOrderly => Status == 0;

    /// <summary>As in <c>exit code 1</c> or <c>signal 9</c>.</summary>
    public override string ToString() =>
        (Status & 0x7f) is > 0 and var signal ? $"signal {signal}" : $"exit code {Status >> 8 & 0xff}";
}
