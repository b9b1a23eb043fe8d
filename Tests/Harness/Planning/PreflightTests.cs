using C10k.Harness.Planning;
using C10k.Hosting;
using C10k.Nodes;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Planning;

public class PreflightTests
{
    private static readonly ModelVariant EventLoop = Planned.Variant("epoll-level");
    private static readonly ModelVariant ThreadEach = new(
        Planned.Model("thread-per-connection", "threads") with
        {
            TasksPerClient = 1,
        },
        "thread-per-connection"
    );

    [Fact]
    public void A_machine_without_bounds_runs_everything()
    {
        Assert.Null(On(Planned.NoLimits).WhyNot(EventLoop, Planned.Echo, 1_000_000));
        Assert.Null(On(Planned.NoLimits).WhyNot(ThreadEach, Planned.Echo, 1_000_000));
    }

    [Fact]
    public void Every_client_costs_a_descriptor() =>
        CheckBorder(
            Planned.NoLimits with
            {
                Descriptors = 1024,
            },
            EventLoop,
            fits: 924,
            "needs 1,025 descriptors a process, the limit is 1,024; "
                + "raise it with ulimit -Hn 1025 as root, or in /etc/security/limits.conf (nofile)"
        );

    [Fact]
    public void Every_client_costs_a_port_on_one_of_many_addresses() =>
        CheckBorder(
            Planned.NoLimits with
            {
                Ports = 30,
            },
            EventLoop,
            fits: 5_000,
            "needs 5,001 local ports on 250 addresses, the limit is 5,000; "
                + "widen it with sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\""
        );

    [Fact]
    public void A_thread_for_each_client_is_a_task_for_each() =>
        CheckBorder(
            Planned.NoLimits with
            {
                Tasks = 32_768,
                TasksInUse = 468,
            },
            ThreadEach,
            fits: 32_000,
            "needs 32,769 threads and processes, the limit is 32,768; "
                + "raise it with sysctl -w kernel.pid_max=65536 kernel.threads-max=65536"
        );

    [Fact]
    public void A_user_may_have_fewer_threads_than_the_machine() =>
        CheckBorder(
            Planned.NoLimits with
            {
                UserTasks = 1_000,
                UserTasksInUse = 200,
            },
            ThreadEach,
            fits: 500,
            "needs 1,001 threads and processes of this user, the limit is 1,000; "
                + "raise it with ulimit -u 32768, as root ulimit -Hu 32768, or in /etc/security/limits.conf (nproc)"
        );

    [Fact]
    public void A_container_may_have_fewer_threads_than_the_machine() =>
        CheckBorder(
            Planned.NoLimits with
            {
                Group = new ControlGroup { Tasks = 1_000, TasksInUse = 10 },
            },
            ThreadEach,
            fits: 690,
            "needs 1,001 threads and processes of this control group, the limit is 1,000; "
                + "raise its pids.max: docker run --pids-limit 32768, systemd TasksMax=32768"
        );

    [Fact]
    public void A_container_may_have_less_memory_than_the_machine() =>
        CheckBorder(
            Planned.NoLimits with
            {
                Group = new ControlGroup { MemoryKb = 1_000_000 },
            },
            new ModelVariant(Planned.Model("a") with { MemoryPerClientKb = 1_000 }, "a"),
            fits: 1_000,
            "needs 1,001,000 KiB of memory in this control group, the limit is 1,000,000; "
                + "raise its memory.max by 1000 KiB (docker run --memory, systemd MemoryMax), or ask for fewer clients"
        );

    [Fact]
    public void A_thread_for_each_client_is_four_memory_maps_for_each() =>
        CheckBorder(
            Planned.NoLimits with
            {
                MemoryMaps = 65_530,
            },
            ThreadEach,
            fits: 16_132,
            "needs 65,532 memory maps a process, the limit is 65,530; raise it with sysctl -w vm.max_map_count=65536"
        );

    [Fact]
    public void A_process_for_each_client_has_its_threads_and_maps_there_and_needs_memory_for_each()
    {
        var info = Planned.Model("a") with { TasksPerClient = 2, ProcessesPerClient = 1, MemoryPerClientKb = 1100 };
        CheckBorder(
            Planned.NoLimits with
            {
                MemoryMaps = 100,
                MemoryKb = 11_000_000,
            },
            new ModelVariant(info, "a"),
            fits: 10_000,
            "needs 11,001,100 KiB of memory, the limit is 11,000,000; end other programs, or ask for fewer clients"
        );
    }

    [Fact]
    public void An_event_loop_needs_no_tasks_and_maps()
    {
        var few = Planned.NoLimits with { Tasks = 100, MemoryMaps = 100 };
        Assert.Null(On(few).WhyNot(EventLoop, Planned.Echo, 10_000));
    }

    [Fact]
    public void A_model_that_this_machine_cannot_run_says_so_itself()
    {
        var info = Planned.Model("io-uring") with { Unavailable = "io_uring is switched off; sysctl …" };
        var reason = On(Planned.NoLimits).WhyNot(new ModelVariant(info, "io-uring"), Planned.Echo, 1);
        Assert.Equal("io_uring is switched off; sysctl …", reason);
    }

    [Fact]
    public void This_machine_has_limits()
    {
        var limits = MachineLimits.Read();
        Assert.InRange(limits.Descriptors, 100, long.MaxValue);
        Assert.InRange(limits.Ports, 1, 65_535);
        Assert.InRange(limits.TasksInUse, 1, limits.Tasks);
        Assert.InRange(limits.MemoryMaps, 1, long.MaxValue);
    }

    [Fact]
    public void Several_processes_share_the_clients_though_not_quite_evenly() =>
        CheckBorder(
            Planned.NoLimits with
            {
                Descriptors = 20_000,
            },
            Workers("workers=2"),
            // 15,920 × 1.25 in each of two, and what a process has besides.
            fits: 31_840,
            "needs 20,001 descriptors a process, the limit is 20,000; "
                + "raise it with ulimit -Hn 20001 as root, or in /etc/security/limits.conf (nofile)",
            Three(generatorsHave: 20_000)
        );

    [Fact]
    public void Where_nobody_says_how_many_workers_there_are_it_goes_by_the_servers_CPUs()
    {
        var workers = Workers();
        Assert.Equal(1_000, workers.HeldByOneProcess(1_000, OneCpu));
        Assert.Equal(625, workers.HeldByOneProcess(1_000, new CpuSet([0, 1])));
    }

    [Fact]
    public void Several_generators_share_the_clients()
    {
        var preflight = new Preflight(Three(generatorsHave: 20_000)(Planned.NoLimits), OneCpu);
        Assert.Null(preflight.WhyNot(EventLoop, Planned.Echo, 3 * 19_900));
        Assert.Equal(
            "needs 20,001 descriptors a load generator, the limit is 20,000; raise it there with ulimit -Hn 20001 as root, "
                + "or in /etc/security/limits.conf (nofile), or let several make the load (--load-agent, docs/scale.md)",
            preflight.WhyNot(EventLoop, Planned.Echo, 3 * 19_900 + 1)
        );
    }

    [Fact]
    public void The_smallest_generator_decides_for_the_clients_are_dealt_out_evenly()
    {
        var machines = RunMachines.One(Planned.NoLimits) with
        {
            Loads = [Planned.NoLimits, Planned.NoLimits with { Descriptors = 1_100 }],
        };
        var preflight = new Preflight(machines, OneCpu);
        Assert.Null(preflight.WhyNot(EventLoop, Planned.Echo, 2_000));
        Assert.NotNull(preflight.WhyNot(EventLoop, Planned.Echo, 2_001));
    }

    [Fact]
    public void Over_a_network_a_generator_has_the_ports_of_one_address()
    {
        var few = Planned.NoLimits with { Ports = 28_232 };
        var machines = new RunMachines(Planned.NoLimits, [few, few]) { OverLoopback = false };
        var preflight = new Preflight(machines, OneCpu);
        Assert.Null(preflight.WhyNot(EventLoop, Planned.Echo, 56_464));
        Assert.StartsWith(
            "needs 28,233 local ports a load generator, the limit is 28,232; widen it with sysctl -w net.ipv4.ip_local_port_range",
            preflight.WhyNot(EventLoop, Planned.Echo, 56_465),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_server_of_another_make_is_not_started_by_an_agent()
    {
        var server = Planned.Server("mine");
        var machines = RunMachines.One(Planned.NoLimits) with { ServerIsAgents = true };
        var reason = new Preflight(machines, OneCpu).WhyNot(
            new ModelVariant(server.Info, "mine") { Server = server },
            Planned.Echo,
            1
        );
        Assert.StartsWith("an agent starts the models of its own list", reason, StringComparison.Ordinal);
    }

    private static CpuSet OneCpu { get; } = new([0]);

    private static ModelVariant Workers(string? workers = null) =>
        new(
            Planned.Model(
                "epoll-workers",
                "processes",
                Parameter.Number("workers", "cpus", "Processes.", 1, 1_000)
            ) with
            {
                HoldingProcesses = "workers",
            },
            workers is null ? "epoll-workers" : $"epoll-workers:{workers}"
        );

    private static Func<MachineLimits, RunMachines> Three(int generatorsHave)
    {
        var generator = Planned.NoLimits with { Descriptors = generatorsHave };
        return server => new RunMachines(server, [generator, generator, generator]);
    }

    private static Preflight On(MachineLimits limits) => new(RunMachines.One(limits), OneCpu);

    private static void CheckBorder(
        MachineLimits limits,
        ModelVariant model,
        int fits,
        string reason,
        Func<MachineLimits, RunMachines>? machines = null
    )
    {
        var preflight = new Preflight((machines ?? RunMachines.One)(limits), OneCpu);
        Assert.Null(preflight.WhyNot(model, Planned.Echo, fits));
        Assert.Equal(reason, preflight.WhyNot(model, Planned.Echo, fits + 1));
    }
}
