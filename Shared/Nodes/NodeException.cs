using C10k.CommandLine;

namespace C10k.Nodes;

/// <summary>
/// A node could not do what it was asked for. The message says why, in words that stand well in the <c>reason</c> column; what it cites of
/// a stranger is printable.
/// </summary>
internal class NodeException(string message) : Exception(Printable.Line(message));
