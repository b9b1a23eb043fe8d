namespace C10k.Harness.Planning;

/// <summary>What the clients do, and what is said.</summary>
/// <param name="Id">Its name on the command line and in every table.</param>
/// <param name="Summary">What happens, in one line.</param>
/// <param name="Question">The question it answers.</param>
/// <param name="Conversation">What the server has to speak.</param>
internal sealed record Workload(string Id, string Summary, string Question, string Conversation)
{
    /// <summary>Every workload there is.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [new("echo", "all clients ask, get an answer, ask again", "the raw cost of a request", "echo")];
}
