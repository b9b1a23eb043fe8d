using System.Globalization;
using C10k.Contract;
using C10k.Nodes;

namespace C10k.Harness.Planning;

/// <summary>What this machine allows, against what the cases of a plan need: each limit with its value, the need, and how to raise it.</summary>
internal static class Checkup
{
    public const string NoLimit = "no limit";

    // On loopback a connection is half open for no time at all; over a network this is the kernel's own default.
    private const int HalfOpen = 1024;

    public static IReadOnlyList<CheckupLine> Of(Plan plan, MachineLimits limits, MachinePrivileges privileges) =>
        [.. Limits(plan, limits), .. Queues(limits), Cpus(plan, limits), .. privileges.Lines()];

    // Of each limit what the most demanding case needs.
    private static IEnumerable<CheckupLine> Limits(Plan plan, MachineLimits limits) =>
        plan
            .Cases.Where(planned => planned.Model.Info.Unavailable is null)
            .SelectMany(planned =>
                Needs.Of(planned.Model, planned.Clients, RunMachines.One(limits), plan.Settings.ServerCpus)
            )
            .GroupBy(need => need.What)
            .Select(needs => needs.MaxBy(need => need.Amount)!)
            .Select(need => new CheckupLine(need.What, Show(need.Limit), Show(need.Amount), need.IsMet, need.Remedy));

    private static IEnumerable<CheckupLine> Queues(MachineLimits limits) =>
        [
            new(
                "connections waiting to be accepted (net.core.somaxconn)",
                Show(limits.AcceptQueue),
                Show(Bounds.Backlog),
                limits.AcceptQueue >= Bounds.Backlog,
                $"sysctl -w net.core.somaxconn={Needs.Raised(Bounds.Backlog, limits.AcceptQueue)} as root; with fewer, connecting many clients takes seconds longer"
            ),
            new(
                "connections half open (net.ipv4.tcp_max_syn_backlog)",
                Show(limits.SynQueue),
                Show(HalfOpen),
                limits.SynQueue >= HalfOpen,
                $"sysctl -w net.ipv4.tcp_max_syn_backlog={Needs.Raised(HalfOpen, limits.SynQueue)} as root; matters where clients come over a network"
            ),
        ];

    private static CheckupLine Cpus(Plan plan, MachineLimits limits)
    {
        var (server, load) = (plan.Settings.ServerCpus, plan.Settings.LoadCpus);
        var wanted = server.Cpus.Union(load.Cpus).Count();
        var apart = !server.Cpus.Intersect(load.Cpus).Any();
        var quota = limits.Group.Cpus;
        return new CheckupLine(
            "CPUs",
            $"{CpuSet.Allowed.Cpus.Count} (server on {server}, load on {load})"
                + (quota is null ? "" : Text($", and {quota:0.##} CPU seconds a second of this control group")),
            "2, one for each side",
            apart && !IsThrottled(limits, wanted),
            "run it on a machine with more CPUs, or in a control group with more: taskset, docker run --cpuset-cpus, --cpus"
        );
    }

    /// <summary>Whether the control group gives less CPU time than so many CPUs have.</summary>
    public static bool IsThrottled(MachineLimits limits, int cpus) => limits.Group.Cpus < cpus;

    private static string Show(long? number) => number is null or >= long.MaxValue / 2 ? NoLimit : Text($"{number:N0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
