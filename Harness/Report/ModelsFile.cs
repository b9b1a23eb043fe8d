using C10k.Harness.Planning;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>Writes down what the models of a run are, in the order in which they were asked for.</summary>
internal static class ModelsFile
{
    /// <summary>Writes the file anew; a run that goes on in the folder has the same models.</summary>
    public static void Write(Plan plan, ResultsFolder folder) =>
        CsvFile.Rewrite(
            folder.ModelsCsv,
            plan.Cases.Select(planned => planned.Model).DistinctBy(model => model.Name).Select(ToRow)
        );

    private static ModelRow ToRow(ModelVariant model) =>
        new()
        {
            Model = model.Name,
            Family = model.Info.Family,
            Summary = model.Info.Summary,
            UsedBy = model.Info.UsedBy,
            Limits = model.Info.Limits,
            Source = model.Info.Source.Length > 0 ? model.Info.Source : null,
        };
}
