using C10k.Linux;

namespace C10k.Servers.Models.Completion;

/// <summary>Why a kernel gives no ring, and what helps: there are several gates before io_uring, and each errno is that of more than one.</summary>
internal static class RingRefusal
{
    private const string Switch = "/proc/sys/kernel/io_uring_disabled";

    public static string Explain(SystemCallException refused) =>
        refused.Errno switch
        {
            Errno.ENOSYS =>
                "the kernel has no io_uring (it came with Linux 5.1), or a seccomp filter hides it: in a container, "
                    + AllowInContainer,
            Errno.EPERM => NotPermitted(),
            Errno.EINVAL => "the kernel's io_uring is too old: Linux 6.0 is needed",
            Errno.ENOMEM => "no memory may be locked for its queues: raise the limit with ulimit -l",
            _ => refused.Message,
        };

    private const string AllowInContainer = "run it with --security-opt seccomp=unconfined";

    private static string NotPermitted() =>
        SwitchValue() switch
        {
            "2" => "io_uring is switched off: sysctl -w kernel.io_uring_disabled=0",
            "1" =>
                "io_uring is for members of kernel.io_uring_group only: join it, or sysctl -w kernel.io_uring_disabled=0",
            _ => "a seccomp filter forbids io_uring: in a container, " + AllowInContainer,
        };

    // It came with Linux 6.6.
    private static string SwitchValue() => File.Exists(Switch) ? File.ReadAllText(Switch).Trim() : "0";
}
