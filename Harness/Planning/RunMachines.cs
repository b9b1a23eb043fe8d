using C10k.Nodes;

namespace C10k.Harness.Planning;

/// <summary>The machines on which the two sides of a run stand, and what they allow.</summary>
/// <param name="Server">What the server's machine allows.</param>
/// <param name="Loads">What that of each load generator allows; the clients are dealt out evenly to them.</param>
internal sealed record RunMachines(MachineLimits Server, IReadOnlyList<MachineLimits> Loads)
{
    /// <summary>Whether clients reach the server over the loopback network, where there are addresses enough to connect from.</summary>
    public bool OverLoopback { get; init; } = true;

    /// <summary>Whether an agent starts the server, which knows those of its own list only.</summary>
    public bool ServerIsAgents { get; init; }

    /// <summary>The CPUs of what agents start; null where this machine's CPUs are dealt out.</summary>
    public AgentCpus? Cpus { get; init; }

    /// <summary>Both sides on one machine.</summary>
    public static RunMachines One(MachineLimits limits) => new(limits, [limits]);

    /// <summary>How many clients the generator that gets most of them has.</summary>
    public int Share(int clients) => (clients + Loads.Count - 1) / Loads.Count;

    /// <summary>The settings with the CPUs on which the two sides will run.</summary>
    public RunSettings Adapt(RunSettings settings) =>
        Cpus is null
            ? settings
            : settings with
            {
                ServerCpus = Cpus.Server,
                LoadCpus = Cpus.Load,
                SidesAreApart = Cpus.AreApart,
            };
}

/// <summary>The CPUs of the two sides where there are agents.</summary>
/// <param name="AreApart">Whether they are those of different machines, so that CPUs of one number are not the same.</param>
internal sealed record AgentCpus(CpuSet Server, CpuSet Load, bool AreApart);
