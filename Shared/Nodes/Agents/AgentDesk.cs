using System.Net;
using C10k.Nodes.Processes;

namespace C10k.Nodes.Agents;

/// <summary>
/// Decides what an agent does of what it is asked for. It runs one process at a time: two would disturb each other's figures.
/// </summary>
/// <param name="own">The CPUs of what it starts.</param>
internal sealed class AgentDesk(AgentCatalogue catalogue, CpuSet own, Action<string> log) : IDisposable
{
    private readonly ProcessLauncher _launcher = new(log, adoptsOrphans: true);
    private readonly Lock _gate = new();
    private AgentProcess? _running;

    /// <summary>The bench's own: both ends of a connection must be of the same one, for messages change from one to the next.</summary>
    internal static string Version { get; } = typeof(AgentDesk).Assembly.GetName().Version!.ToString(3);

    public NodeFacts Facts() =>
        new(
            catalogue.Program,
            Version,
            Environment.MachineName,
            Environment.OSVersion.Version.ToString(),
            own.ToString(),
            MachineLimits.Read(),
            MachineId(),
            catalogue.Models?.Invoke()
        );

    /// <summary>Starts a process.</summary>
    /// <param name="reachedAt">The address of this machine over which the caller came.</param>
    /// <exception cref="AgentRefusal">It is not in the catalogue, or another one runs.</exception>
    /// <exception cref="NodeException">It could not be started.</exception>
    public AgentProcess Start(StartRequest request, IPAddress reachedAt)
    {
        var start = catalogue.Check(request, own, reachedAt);
        lock (_gate)
        {
            if (_running is not null)
                throw new AgentRefusal(409, "another process runs: an agent runs one at a time");
            return _running = new AgentProcess(_launcher, start, log, Forget);
        }
    }

    /// <summary>The process with this id.</summary>
    /// <exception cref="AgentRefusal">There is none.</exception>
    public AgentProcess Find(string id)
    {
        lock (_gate)
            return _running?.Id == id ? _running : throw new AgentRefusal(404, "there is no such process");
    }

    /// <summary>Ends a process and all that it started; one that has ended already is none the worse.</summary>
    public void End(string id)
    {
        AgentProcess? process;
        lock (_gate)
            process = _running?.Id == id ? _running : null;
        process?.Dispose();
    }

    public void Dispose()
    {
        AgentProcess? running;
        lock (_gate)
            running = _running;
        running?.Dispose();
        _launcher.Dispose();
    }

    /// <summary>What is the same for all containers of a machine until it boots again; see random(4).</summary>
    internal static string MachineId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private void Forget(AgentProcess process)
    {
        lock (_gate)
        {
            if (_running != process)
                return;
            // What it left behind as a daemon belongs to it.
            _launcher.EndOrphans();
            _running = null;
        }
    }
}
