using C10k.Hosting;

namespace C10k.Servers.Models.Processes;

/// <summary>
/// A few processes with many threads each: in every process one of the threads that are free waits in accept on the one listening socket,
/// serves the client it gets with blocking calls, while another takes its turn, and lines up for the next. A thread is cheaper than a process, and a crash costs the clients of one process their
/// connections, not all of them.
/// </summary>
internal sealed class Hybrid : IServerModel
{
    private const string Workers = "workers";
    private const string WorkersByDefault = "cpus";
    private const string ThreadsByDefault = "256";

    public ModelInfo Info { get; } =
        new(
            "hybrid",
            "processes",
            "Processes that each hold a pool of threads, one client a thread at a time; one that dies is replaced.",
            "Apache's worker, Puma's cluster mode",
            $"As many clients at a time as there are threads in all; the others are connected by the kernel at most, and wait. {WorkerProgram.Note}"
        )
        {
            ServesAtOnce = $"{Workers}*{WorkerOrder.Threads}",
            Processes = $"1+{Workers}",
            HoldingProcesses = Workers,
            WorkerBuild = WorkerProgram.Build,
            Threads = $"{Workers}*{WorkerOrder.Threads}",
            Parameters =
            [
                Parameter.Number(Workers, WorkersByDefault, "Worker processes.", 1, 1_000),
                Parameter.Number(WorkerOrder.Threads, ThreadsByDefault, "Threads in each of them.", 1, 10_000),
                WorkerProgram.Child,
            ],
        };

    public TimeSpan StopGrace => Children.StopGrace;

    public string? WhyUnavailable() => WorkerProgram.WhyUnavailable();

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var command = WorkerProgram.Command(WorkerOrder.ServeInThreads, context);
        using var listener = context.Listen(nonBlocking: false, stop);
        new WorkerPool(command, [listener], context.Number(Workers)).Run(() => context.Ready(listener), stop);
    }
}
