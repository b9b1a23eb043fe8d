using System.Security.Cryptography.X509Certificates;

namespace C10k.Nodes.Agents;

/// <summary>How an agent is run.</summary>
internal sealed record AgentOptions(AgentAddress Address, AgentToken Token)
{
    /// <summary>The CPUs of what it starts.</summary>
    public CpuSet Cpus { get; init; } = CpuSet.Allowed;

    /// <summary>With its key; null where nothing is encrypted.</summary>
    public X509Certificate2? Certificate { get; init; }
}
