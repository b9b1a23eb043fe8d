using C10k.Harness.Results;

namespace C10k.Tests.EndToEnd;

/// <summary>Runs of workloads, whose rows are looked at.</summary>
internal static class WorkloadRuns
{
    /// <summary>The rows of a run, which has to end well and leave nothing.</summary>
    public static Task<IReadOnlyList<SummaryRow>> Rows(string args) => Rows(HarnessRun.Split(args));

    /// <inheritdoc cref="Rows(string)"/>
    public static async Task<IReadOnlyList<SummaryRow>> Rows(params string[] args)
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunUndisturbed(args);
        harness.Succeeded(finished);
        await harness.NothingRuns();
        return harness.Summary;
    }
}
