using C10k.Nodes;

namespace C10k.Harness.Trials;

/// <summary>A case gave no figure. The message says why, in words that stand well in the <c>reason</c> column.</summary>
internal class TrialException(string message) : NodeException(message);

/// <summary>Not one of the clients could connect.</summary>
internal sealed class NobodyConnectedException(string message) : TrialException(message);
