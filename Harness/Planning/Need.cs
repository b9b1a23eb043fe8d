namespace C10k.Harness.Planning;

/// <summary>How much a case needs of something that the machine bounds.</summary>
/// <param name="What">What is bounded, in the plural.</param>
/// <param name="Amount">How much the case needs, what others use already included.</param>
/// <param name="Limit">How much there may be; null where nothing bounds it.</param>
/// <param name="Remedy">How to have more.</param>
internal sealed record Need(string What, long Amount, long? Limit, string Remedy)
{
    public bool IsMet => Limit is null || Amount <= Limit;

    /// <summary>Why the case cannot run, where it is not met.</summary>
    public string Missing => $"needs {Amount:N0} {What}, the limit is {Limit:N0}; {Remedy}";
}
