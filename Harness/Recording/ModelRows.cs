using C10k.Harness.Planning;
using C10k.Harness.Results;

namespace C10k.Harness.Recording;

/// <summary>What the models of a run are, in the order in which they were asked for.</summary>
internal static class ModelRows
{
    public static IEnumerable<ModelRow> Of(Plan plan) =>
        plan.Cases.Select(planned => planned.Model).DistinctBy(model => model.Name).Select(Of);

    private static ModelRow Of(ModelVariant model) =>
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
