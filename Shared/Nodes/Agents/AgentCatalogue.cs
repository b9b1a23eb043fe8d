using System.Net;
using C10k.Nodes.Processes;

namespace C10k.Nodes.Agents;

/// <summary>What an agent may start: one executable, with arguments that it would itself accept.</summary>
/// <param name="Program">The name of the executable, which stands beside the agent.</param>
/// <param name="WhyNot">Why it does not start with these arguments, or null where it does. Nothing else is ever started.</param>
internal sealed record AgentCatalogue(string Program, Func<IReadOnlyList<string>, string?> WhyNot)
{
    /// <summary>The names that a caller may set in the environment of what is started; others (<c>LD_PRELOAD</c>) would change what runs.</summary>
    public static readonly IReadOnlyCollection<string> Environment = ["C10K_SELF_REPORT", "DOTNET_EnableDiagnostics"];

    /// <summary>The models as JSON, for a program that has some.</summary>
    public Func<string>? Models { get; init; }

    /// <summary>
    /// The option with which the program is told where to listen; null where it does not. The agent gives the address over which it was
    /// reached itself, so that those who are to reach the server can.
    /// </summary>
    public string? AddressOption { get; init; }

    /// <summary>What a request starts.</summary>
    /// <param name="own">The CPUs that may be asked for.</param>
    /// <param name="reachedAt">The address of this machine over which the caller came.</param>
    /// <exception cref="AgentRefusal">It is not in the catalogue, or asks for what is not the caller's to decide.</exception>
    public ProcessStart Check(StartRequest request, CpuSet own, IPAddress reachedAt)
    {
        // What is annotated as not null is, but for what stands inside lists.
        if (
            request.Arguments.Any(argument => argument is null)
            || request.Environment.Values.Any(value => value is null)
        )
            throw new AgentRefusal(400, "arguments and environment hold texts, and null is none");
        if (WhyNot(request.Arguments) is { } reason)
            throw new AgentRefusal(403, reason);
        if (request.Environment.Keys.FirstOrDefault(name => !Environment.Contains(name)) is { } name)
            throw new AgentRefusal(403, $"the environment variable '{name}' may not be set");
        if (!CpuSet.TryParse(request.Cpus, out var cpus) || cpus.Except(own).Cpus.Count > 0)
            throw new AgentRefusal(400, $"'{request.Cpus}' are not some of the CPUs {own}");
        string[] address = AddressOption is { } option ? [option, reachedAt.ToString()] : [];
        return new ProcessStart(Program, Executables.Find(Program), [.. request.Arguments, .. address], cpus)
        {
            Environment = request.Environment,
        };
    }
}
