namespace C10k.Harness.Trials;

/// <summary>A case gave no figure. The message says why, in words that stand well in the <c>reason</c> column.</summary>
internal class TrialException(string message) : Exception(message)
{
    /// <summary>With which exit code a process ended too early; null where it failed in another way.</summary>
    public int? ExitCode { get; init; }
}

/// <summary>Not one of the clients could connect.</summary>
internal sealed class NobodyConnectedException(string message) : TrialException(message);
