using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using C10k.Linux;
using Xunit;

namespace C10k.Tests.Shared.Linux;

/// <summary>What is declared for looking at other processes, against the C headers.</summary>
public sealed class TaskstatsLayoutTests
{
    private static readonly string[] Headers =
    [
        "sys/types.h",
        "sys/socket.h",
        "linux/netlink.h",
        "linux/genetlink.h",
        "linux/taskstats.h",
        "time.h",
        "fcntl.h",
        "dirent.h",
        "unistd.h",
    ];

    [Fact]
    public void Constants_have_the_values_of_the_headers() =>
        AssertAll(
            ("AF_NETLINK", Netlink.AF_NETLINK),
            ("SOCK_RAW", Netlink.SOCK_RAW),
            ("NETLINK_GENERIC", Netlink.NETLINK_GENERIC),
            ("NLM_F_REQUEST", Netlink.NLM_F_REQUEST),
            ("NLMSG_ERROR", Netlink.NLMSG_ERROR),
            ("NLA_TYPE_MASK & 0xffff", Netlink.NLA_TYPE_MASK),
            ("GENL_ID_CTRL", Genetlink.GENL_ID_CTRL),
            ("CTRL_CMD_GETFAMILY", Genetlink.CTRL_CMD_GETFAMILY),
            ("CTRL_ATTR_FAMILY_ID", Genetlink.CTRL_ATTR_FAMILY_ID),
            ("CTRL_ATTR_FAMILY_NAME", Genetlink.CTRL_ATTR_FAMILY_NAME),
            ("TASKSTATS_CMD_GET", TaskstatsProtocol.TASKSTATS_CMD_GET),
            ("TASKSTATS_CMD_ATTR_TGID", TaskstatsProtocol.TASKSTATS_CMD_ATTR_TGID),
            ("TASKSTATS_TYPE_STATS", TaskstatsProtocol.TASKSTATS_TYPE_STATS),
            ("TASKSTATS_TYPE_AGGR_TGID", TaskstatsProtocol.TASKSTATS_TYPE_AGGR_TGID),
            ("sizeof(TASKSTATS_GENL_NAME)", TaskstatsProtocol.TASKSTATS_GENL_NAME.Length),
            ("O_RDONLY", Fcntl.O_RDONLY),
            ("O_CLOEXEC", Fcntl.O_CLOEXEC)
        );

    [Fact]
    public void Lengths_are_rounded_up_as_the_headers_do() =>
        AssertAll([
            .. Enumerable.Range(0, 9).Select(length => ($"NLMSG_ALIGN({length})", (long)Netlink.Align(length))),
        ]);

    [Fact]
    public void Structures_are_laid_out_as_in_the_headers() =>
        AssertAll(
            ("sizeof(struct nlmsghdr)", Unsafe.SizeOf<nlmsghdr>()),
            ("offsetof(struct nlmsghdr, nlmsg_type)", Offset<nlmsghdr>(nameof(nlmsghdr.nlmsg_type))),
            ("offsetof(struct nlmsghdr, nlmsg_flags)", Offset<nlmsghdr>(nameof(nlmsghdr.nlmsg_flags))),
            ("sizeof(struct genlmsghdr)", Unsafe.SizeOf<genlmsghdr>()),
            ("offsetof(struct genlmsghdr, version)", Offset<genlmsghdr>(nameof(genlmsghdr.version))),
            ("sizeof(struct nlattr)", Unsafe.SizeOf<nlattr>()),
            ("offsetof(struct nlattr, nla_type)", Offset<nlattr>(nameof(nlattr.nla_type))),
            ("offsetof(struct nlmsgerr, error)", 0),
            ("offsetof(struct taskstats, version)", Offset<taskstats>(nameof(taskstats.version))),
            ("offsetof(struct taskstats, nvcsw)", Offset<taskstats>(nameof(taskstats.nvcsw))),
            ("offsetof(struct taskstats, nivcsw)", Offset<taskstats>(nameof(taskstats.nivcsw))),
            ("sizeof(struct timespec)", Unsafe.SizeOf<timespec>()),
            ("offsetof(struct timespec, tv_nsec)", Offset<timespec>(nameof(timespec.tv_nsec))),
            ("offsetof(struct dirent, d_name)", Dirent.d_name)
        );

    [Fact]
    public void The_cpu_clock_of_a_process_has_the_number_the_library_gives_it() =>
        AssertAll(
            ("({ clockid_t id; clock_getcpuclockid(getppid(), &id); id; })", Time.ProcessClock(Environment.ProcessId))
        );

    [Fact]
    public void The_family_is_found_by_the_name_in_the_header() =>
        Assert.Equal("TASKSTATS\0", Encoding.ASCII.GetString(TaskstatsProtocol.TASKSTATS_GENL_NAME));

    private static void AssertAll(params (string Expression, long Declared)[] declarations)
    {
        var actual = CProgram.Evaluate(Headers, declarations.Select(declaration => declaration.Expression));
        Assert.Equal(declarations.Zip(actual, (declaration, value) => (declaration.Expression, value)), declarations);
    }

    private static long Offset<T>(string field) => Marshal.OffsetOf<T>(field).ToInt64();
}
