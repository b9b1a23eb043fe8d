using C10k.Harness.Planning;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>Writes down what the workloads of a run are, in the order in which they were asked for.</summary>
internal static class WorkloadsFile
{
    /// <summary>Writes the file anew; a run that goes on in the folder has the same workloads.</summary>
    public static void Write(Plan plan, ResultsFolder folder) =>
        CsvFile.Rewrite(
            folder.WorkloadsCsv,
            plan.Cases.Select(planned => planned.Workload).DistinctBy(workload => workload.Id).Select(ToRow)
        );

    /// <summary>The row of a workload.</summary>
    public static WorkloadRow ToRow(Workload workload) =>
        new()
        {
            Workload = workload.Id,
            Summary = workload.Summary,
            Question = workload.Question,
            Settings = WorkloadField.Describe(workload),
            Charts = string.Join('+', workload.Charts),
        };
}
