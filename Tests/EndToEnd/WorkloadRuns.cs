using C10k.Harness.Results;

namespace C10k.Tests.EndToEnd;

/// <summary>Runs of workloads, whose rows are looked at.</summary>
internal static class WorkloadRuns
{
    /// <summary>The rows of a run, which has to end well and leave nothing.</summary>
    /// <param name="look">Shown the finished run, for what is not in its summary.</param>
    public static Task<IReadOnlyList<SummaryRow>> Rows(string args, Action<HarnessRun>? look = null) =>
        Rows(HarnessRun.Split(args), look);

    /// <inheritdoc cref="Rows(string, Action{HarnessRun}?)"/>
    public static async Task<IReadOnlyList<SummaryRow>> Rows(string[] args, Action<HarnessRun>? look = null)
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunUndisturbed(args);
        harness.Succeeded(finished);
        await harness.NothingRuns();
        look?.Invoke(harness);
        return harness.Summary;
    }
}
