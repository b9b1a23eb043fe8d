using C10k.Nodes;

namespace C10k.Harness.Trials;

/// <summary>Where the two sides of a case run.</summary>
/// <param name="Loads">One or more; the clients are dealt out to them.</param>
internal sealed record BenchNodes(INode Server, IReadOnlyList<INode> Loads);
