using C10k.Nodes;

namespace C10k.Harness.Trials;

/// <summary>A case gave no figure. The message says why, in words that stand well in the <c>reason</c> column.</summary>
internal sealed class TrialException(string message) : NodeException(message);
