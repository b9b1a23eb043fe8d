namespace C10k.Harness.External;

/// <summary>How a server tells that it can be connected to.</summary>
/// <param name="Kind">Where to look.</param>
/// <param name="Text">What a line of its output must hold; empty where no text is waited for.</param>
internal sealed record Readiness(ReadinessKind Kind, string Text = "")
{
    /// <summary>It keeps to docs/process-contract.md: chooses its port itself and prints <c>READY address:port</c>.</summary>
    public static readonly Readiness Contract = new(ReadinessKind.Contract);

    /// <summary>It listens on the port that it was given.</summary>
    public static readonly Readiness Port = new(ReadinessKind.Port);
}

internal enum ReadinessKind
{
    Contract,
    Port,
    Stdout,
    Stderr,
}
