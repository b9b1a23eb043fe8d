using C10k.Harness.External;
using C10k.Hosting;
using C10k.Nodes;

namespace C10k.Harness.Planning;

/// <summary>A model with the parameters it was asked for: a model of its own in tables and charts.</summary>
/// <param name="Info">What the server's executable says of the model.</param>
/// <param name="Name">Its id, or <c>id:key=value,…</c>.</param>
internal sealed record ModelVariant(ModelInfo Info, string Name)
{
    // The kernel deals connections out by chance, or to whoever is idle: up to 9 % more than an even share were seen in one process.
    private const double Unevenness = 1.25;

    /// <summary>What starts it, where that is not the bench's own executable of servers.</summary>
    public ServerDefinition? Server { get; init; }

    /// <summary>How many clients it can serve at the same moment on these CPUs; null where it sets no bound of its own.</summary>
    public int? ServesAtOnce(CpuSet server) => Info.ServesAtOnce?.Of(Values, server.Cpus.Count);

    /// <summary>How many clients one of its processes may have to hold when so many are connected, on a machine with these CPUs.</summary>
    public int HeldByOneProcess(int clients, CpuSet server)
    {
        var processes = Math.Max(1, Info.HoldingProcesses.Of(Values, server.Cpus.Count, clients));
        return processes == 1 ? clients : (int)Math.Ceiling(clients * Unevenness / processes);
    }

    /// <summary>How many processes it consists of when so many clients are connected, on a machine with these CPUs.</summary>
    public int ProcessesWith(int clients, CpuSet server) => Info.Processes.Of(Values, server.Cpus.Count, clients);

    /// <summary>How many threads serve in them.</summary>
    public int ThreadsWith(int clients, CpuSet server) => Info.Threads.Of(Values, server.Cpus.Count, clients);

    /// <summary>How many of these CPUs it can keep busy.</summary>
    public int UsesCpus(CpuSet server)
    {
        var all = server.Cpus.Count;
        return Math.Min(Info.UsesCpus?.Of(Values, all) ?? all, all);
    }

    private IReadOnlyDictionary<string, string> Values => ModelReference.Parse(Name).Resolve(Info);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
