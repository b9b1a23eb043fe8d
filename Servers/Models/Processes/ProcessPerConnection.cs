using C10k.Hosting;
using C10k.Linux;

namespace C10k.Servers.Models.Processes;

/// <summary>
/// A process for each client, as inetd does it: the server accepts, starts a program that finds the connection open as one of its
/// descriptors, and closes its own copy. The child serves this one client with blocking calls and ends with it. Nothing that goes wrong
/// there can harm another client, and no server is simpler to write; but each connect costs a process.
/// </summary>
internal sealed class ProcessPerConnection : IServerModel
{
    public ModelInfo Info
    {
        get
        {
            var child = WorkerProgram.Find();
            return new ModelInfo(
                "process-per-connection",
                "processes",
                "A process for each client, handed the accepted socket; blocking.",
                "inetd, PostgreSQL, OpenSSH",
                $"Needs a process and {child.KiB} KiB for each client: the kernel's limits on both end it. {child.Description}"
            )
            {
                Processes = "1+clients",
                Threads = "1+clients",
                HoldingProcesses = "clients",
                WorkerBuild = WorkerProgram.Build,
                ProcessesPerClient = 1,
                TasksPerClient = child.Threads,
                MemoryPerClientKb = child.KiB,
                Parameters = [WorkerProgram.Child],
            };
        }
    }

    public TimeSpan StopGrace => Children.StopGrace;

    public string? WhyUnavailable() => WorkerProgram.WhyUnavailable();

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var command = WorkerProgram.Command(WorkerOrder.ServeConnection, context);
        using var listener = context.Listen(nonBlocking: false, stop);
        var children = new Children();
        using var registration = stop.Register(children.KillAll);
        var reaper = new Thread(() => ReapAll(children), maxStackSize: 128 * 1024) { Name = "reaper" };
        reaper.Start();
        context.Ready(listener);
        AcceptAll(listener, children, command);
        reaper.Join();
    }

    private static void AcceptAll(Listener listener, Children children, SpawnCommand command)
    {
        var limits = new ProcessLimits();
        var refusal = new Complaint();
        while (listener.Accept() is { IsConnection: true } accepted)
        {
            var result = limits.HasMemory() ? Start(children, command, accepted.Descriptor) : -(int)Errno.ENOMEM;
            Syscall.Close(accepted.Descriptor); // The child has it now; or nobody, and then this is the client's end.
            if (result < 0 && !children.Stopped)
                refusal.Say(
                    $"no process for another client, with {children.Count} running: {ProcessLimits.Explain((Errno)(-result))}; such clients are sent away"
                );
        }
    }

    private static int Start(Children children, SpawnCommand command, int connection) =>
        children.Start(command, (connection, WorkerOrder.SocketDescriptor), (WorkerOrder.Stderr, WorkerOrder.Stdout));

    private static void ReapAll(Children children)
    {
        var death = new Complaint();
        while (children.WaitForNext() is var (pid, end))
        {
            if (!end.IsOrderly && !children.Stopped)
                death.Say($"process {pid} ended with {end}, and its client with it; more of them are not told of");
        }
    }
}
