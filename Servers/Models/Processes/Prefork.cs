using C10k.Hosting;

namespace C10k.Servers.Models.Processes;

/// <summary>
/// Processes started ahead: all of them wait in accept on the one listening socket that they inherited, and the kernel wakes one for each
/// connection. It serves this client with blocking calls until it leaves, then waits for the next. No process is started while a client
/// waits, and a crash costs one client its connection; but there are as many clients at a time as there are processes, and the others wait
/// in the kernel's queue.
/// </summary>
internal sealed class Prefork : IServerModel
{
    private const string Workers = "workers";
    private const string ByDefault = "64";

    public ModelInfo Info { get; } =
        new(
            "prefork",
            "processes",
            "Processes started ahead share the listener, one client each at a time; one that dies is replaced.",
            "Apache's prefork, FastCGI, Passenger, Gunicorn's sync workers",
            $"As many clients at a time as there are workers; the others are connected by the kernel at most, and wait. {WorkerProgram.Note}"
        )
        {
            ServesAtOnce = Workers,
            Processes = $"1+{Workers}",
            HoldingProcesses = Workers,
            WorkerBuild = WorkerProgram.Build,
            Threads = Workers,
            Parameters = [Parameter.Number(Workers, ByDefault, "Worker processes.", 1, 10_000), WorkerProgram.Child],
        };

    public TimeSpan StopGrace => Children.StopGrace;

    public string? WhyUnavailable() => WorkerProgram.WhyUnavailable();

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var command = WorkerProgram.Command(WorkerOrder.ServeInThreads, context, $"{WorkerOrder.Threads}=1");
        using var listener = context.Listen(nonBlocking: false, stop);
        new WorkerPool(command, [listener], context.Number(Workers)).Run(() => context.Ready(listener), stop);
    }
}
