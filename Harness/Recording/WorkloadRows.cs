using C10k.Harness.Planning;
using C10k.Harness.Results;

namespace C10k.Harness.Recording;

/// <summary>What the workloads of a run are, in the order in which they were asked for.</summary>
internal static class WorkloadRows
{
    public static IEnumerable<WorkloadRow> Of(Plan plan) =>
        plan.Cases.Select(planned => planned.Workload).DistinctBy(workload => workload.Id).Select(Of);

    /// <summary>The row of a workload.</summary>
    public static WorkloadRow Of(Workload workload) =>
        new()
        {
            Workload = workload.Id,
            Summary = workload.Summary,
            Question = workload.Question,
            Settings = WorkloadField.Describe(workload),
            Charts = string.Join('+', workload.Charts),
        };
}
