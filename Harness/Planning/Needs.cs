using C10k.Contract;
using C10k.Nodes;

namespace C10k.Harness.Planning;

/// <summary>What a model needs of the machine for so many clients. Both the preflight and <c>doctor</c> go by it.</summary>
internal static class Needs
{
    // What a process of the bench has open besides its connections, and what else runs on the machine while it does.
    private const int OwnDescriptors = 100;
    private const int OwnTasks = 300;

    // The runtime maps a stack, a guard page and two pieces of bookkeeping for each thread.
    private const int MapsPerThread = 4;
    private const int OwnMaps = 1000;

    private const string WidenPorts = "widen it with sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\"";

    /// <summary>Every need of the case; which are met is told by each.</summary>
    /// <param name="serverCpus">The CPUs of the server.</param>
    public static IEnumerable<Need> Of(ModelVariant model, int clients, RunMachines machines, CpuSet serverCpus) =>
        [
            ServerDescriptors(model.HeldByOneProcess(clients, serverCpus), machines.Server),
            LoadDescriptors(machines.Share(clients), machines),
            Ports(machines.Share(clients), machines),
            .. Tasks(model, clients, machines.Server),
            .. Maps(model, clients, machines.Server),
            .. Memory(model, clients, machines.Server),
        ];

    private static Need ServerDescriptors(int clients, MachineLimits limits) =>
        new(
            "descriptors a process",
            clients + OwnDescriptors,
            limits.Descriptors,
            $"raise it with {RaiseDescriptors(clients, limits.Descriptors)}"
        );

    private static Need LoadDescriptors(int clients, RunMachines machines) =>
        new(
            "descriptors a load generator",
            clients + OwnDescriptors,
            Fewest(machines.Loads),
            $"raise it there with {RaiseDescriptors(clients, Fewest(machines.Loads))}, or let several make the load (--load-agent, docs/scale.md)"
        );

    private static long Fewest(IEnumerable<MachineLimits> loads) => loads.Min(limits => limits.Descriptors);

    private static string RaiseDescriptors(int clients, long limit) =>
        $"ulimit -Hn {Raised(clients + OwnDescriptors, limit)} as root, or in /etc/security/limits.conf (nofile)";

    private static Need Ports(int clients, RunMachines machines)
    {
        var ports = machines.Loads.Min(limits => limits.Ports);
        // Over another network than the loopback one a load generator has the one address that its machine has there.
        return machines.OverLoopback
            ? new Need(
                $"local ports on {Bounds.SourceAddresses} addresses",
                clients,
                Bounds.ConnectionsAnAddress(ports) * Bounds.SourceAddresses,
                WidenPorts
            )
            : new Need(
                "local ports a load generator",
                clients,
                ports,
                $"{WidenPorts} there, or let more make the load"
            );
    }

    private static IEnumerable<Need> Tasks(ModelVariant model, int clients, MachineLimits limits)
    {
        if (model.Info.TasksPerClient == 0)
            yield break;
        var own = (long)clients * model.Info.TasksPerClient + OwnTasks;
        yield return new(
            "threads and processes",
            own + limits.TasksInUse,
            limits.Tasks,
            $"raise it with sysctl -w kernel.pid_max={All(limits.Tasks)} kernel.threads-max={All(limits.Tasks)}"
        );
        yield return new(
            "threads and processes of this user",
            own + limits.UserTasksInUse,
            limits.UserTasks,
            $"raise it with ulimit -u {All(limits.UserTasks)}, as root ulimit -Hu {All(limits.UserTasks)}, or in /etc/security/limits.conf (nproc)"
        );
        yield return new(
            "threads and processes of this control group",
            own + limits.Group.TasksInUse,
            limits.Group.Tasks,
            $"raise its pids.max: docker run --pids-limit {All(limits.Group.Tasks)}, systemd TasksMax={All(limits.Group.Tasks)}"
        );

        long All(long? limit) => RoundUp(Raised(own + limits.TasksInUse, limit));
    }

    private static IEnumerable<Need> Maps(ModelVariant model, int clients, MachineLimits limits)
    {
        // Where each client has a process of its own, its threads are in that one.
        if (model.Info.ProcessesPerClient > 0 || model.Info.TasksPerClient == 0)
            yield break;
        var needed = (long)clients * model.Info.TasksPerClient * MapsPerThread + OwnMaps;
        yield return new(
            "memory maps a process",
            needed,
            limits.MemoryMaps,
            $"raise it with sysctl -w vm.max_map_count={RoundUp(Raised(needed, limits.MemoryMaps))}"
        );
    }

    private static IEnumerable<Need> Memory(ModelVariant model, int clients, MachineLimits limits)
    {
        var needed = (long)clients * model.Info.MemoryPerClientKb;
        if (needed == 0)
            yield break;
        var missing = needed - limits.Group.MemoryKb;
        yield return new("KiB of memory", needed, limits.MemoryKb, "end other programs, or ask for fewer clients");
        yield return new(
            "KiB of memory in this control group",
            needed,
            limits.Group.MemoryKb,
            $"raise its memory.max{(missing > 0 ? $" by {missing} KiB" : "")} (docker run --memory, systemd MemoryMax), or ask for fewer clients"
        );
    }

    /// <summary>What a limit is to be raised to: what is needed, or twice what there is where that is enough.</summary>
    public static long Raised(long needed, long? limit) =>
        limit >= needed && limit < long.MaxValue / 4 ? limit.Value * 2 : needed;

    private static long RoundUp(long needed) => (needed + 32767) / 32768 * 32768;
}
