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
}
