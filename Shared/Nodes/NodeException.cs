namespace C10k.Nodes;

/// <summary>A node could not do what it was asked for. The message says why, in words that stand well in the <c>reason</c> column.</summary>
internal class NodeException(string message) : Exception(message);
