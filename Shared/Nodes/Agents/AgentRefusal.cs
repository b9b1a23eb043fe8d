namespace C10k.Nodes.Agents;

/// <summary>A request that an agent does not fulfil. It is logged, and answered with this status and message.</summary>
internal sealed class AgentRefusal(int status, string message) : Exception(message)
{
    /// <summary>Of HTTP, see RFC 9110.</summary>
    public int Status => status;
}
