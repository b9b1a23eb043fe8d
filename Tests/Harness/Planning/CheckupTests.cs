using C10k.Harness.Planning;
using C10k.Nodes;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Planning;

public class CheckupTests
{
    private static readonly MachinePrivileges Ordinary = new("EPERM", "4", new HashSet<string>());

    private static readonly MachineLimits Ample = Planned.NoLimits with { AcceptQueue = 4096, SynQueue = 1024 };

    [Fact]
    public void Of_each_limit_the_most_demanding_case_is_shown()
    {
        var finding = Find(Ample with { Descriptors = 2_000 }, "descriptors a process");
        Assert.Equal(("2,000", "10,100", false), (finding.Here, finding.Needed, finding.Suffices));
        Assert.StartsWith("raise it with ulimit -Hn 10100", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void No_remedy_would_lower_what_is_enough()
    {
        var ample = Ample with { Descriptors = 20_000, Tasks = 32_768, SynQueue = 2048 };
        Assert.StartsWith(
            "raise it with ulimit -Hn 40000",
            Find(ample, "descriptors a process").Remedy,
            StringComparison.Ordinal
        );
        Assert.Contains("kernel.pid_max=65536", Find(ample, "threads and processes").Remedy, StringComparison.Ordinal);
        Assert.Contains(
            "tcp_max_syn_backlog=4096",
            Find(ample, "connections half open (net.ipv4.tcp_max_syn_backlog)").Remedy,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_a_model_needs_that_cannot_run_here_anyhow_is_left_out()
    {
        var info = Planned.Model("a") with { TasksPerClient = 1, Unavailable = "no library" };
        var findings = Checkup.Of(Planned.Plan(Planned.Case() with { Model = new(info, "a") }), Ample, Ordinary);
        Assert.DoesNotContain(findings, finding => finding.What == "threads and processes");
    }

    [Fact]
    public void A_short_queue_is_told_though_everything_can_run()
    {
        var finding = Find(Ample with { AcceptQueue = 128 }, "connections waiting to be accepted (net.core.somaxconn)");
        Assert.Equal(("128", "4,096", false), (finding.Here, finding.Needed, finding.Suffices));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(2.0, true)]
    [InlineData(1.5, false)]
    public void A_group_with_less_time_than_its_CPUs_have_is_told(double? cpus, bool suffices)
    {
        var finding = Find(Ample with { Group = new ControlGroup { Cpus = cpus } }, "CPUs");
        Assert.Equal(suffices, finding.Suffices);
        Assert.Equal(
            cpus is not null,
            finding.Here.Contains("CPU seconds a second of this control group", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void What_a_user_may_not_do_is_no_obstacle()
    {
        var finding = Find(Ample, "exact context switches, of threads that ended too (taskstats)");
        Assert.Equal(("no: EPERM", true), (finding.Here, finding.Suffices));
    }

    [Fact]
    public void Every_finding_has_a_value_a_need_and_a_remedy() =>
        Assert.All(
            Checkup.Of(Everything, MachineLimits.Read(), MachinePrivileges.Read()),
            finding => Assert.DoesNotContain("", (string[])[finding.What, finding.Here, finding.Needed, finding.Remedy])
        );

    private static Plan Everything { get; } =
        Planned.Plan(
            Planned.Case(clients: 100),
            Planned.Case(clients: 10_000),
            Planned.Case() with
            {
                Model = new(Planned.Model("a") with { TasksPerClient = 1, MemoryPerClientKb = 64 }, "a"),
            }
        );

    private static CheckupLine Find(MachineLimits limits, string what) =>
        Assert.Single(Checkup.Of(Everything, limits, Ordinary), finding => finding.What == what);
}
