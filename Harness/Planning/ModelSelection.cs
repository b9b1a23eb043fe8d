using System.IO.Enumeration;
using C10k.CommandLine;
using C10k.Hosting;

namespace C10k.Harness.Planning;

/// <summary>Finds the models that <c>--models</c> asks for: ids, globs, families, and <c>id:key=value,…</c> for variants.</summary>
internal static class ModelSelection
{
    /// <summary>The models in the order in which they were asked for, each once.</summary>
    /// <exception cref="UsageException">A word that fits no model, or a parameter that its model does not take.</exception>
    public static IReadOnlyList<ModelVariant> Select(IReadOnlyList<ModelInfo> models, string? asked) =>
        asked is null
            ? [.. models.Select(model => new ModelVariant(model, model.Id))]
            : [.. NameList.Split(asked).SelectMany(name => Find(models, name)).DistinctBy(variant => variant.Name)];

    private static IReadOnlyList<ModelVariant> Find(IReadOnlyList<ModelInfo> models, string name)
    {
        if (name.Contains(':', StringComparison.Ordinal))
            return [FindVariant(models, name)];
        // A family may be called like one of its models; then the model alone is meant.
        var found = models.Where(model => model.Id == name).ToList();
        if (found.Count == 0)
            found = [.. models.Where(model => Fits(model, name))];
        return found.Count > 0
            ? [.. found.Select(model => new ModelVariant(model, model.Id))]
            : throw Unknown(models, name);
    }

    private static bool Fits(ModelInfo model, string name) =>
        model.Family == name || FileSystemName.MatchesSimpleExpression(name, model.Id);

    private static ModelVariant FindVariant(IReadOnlyList<ModelInfo> models, string name)
    {
        var reference = ModelReference.Parse(name);
        var info = models.FirstOrDefault(model => model.Id == reference.Id) ?? throw Unknown(models, reference.Id);
        reference.Resolve(info);
        return new ModelVariant(info, name);
    }

    private static UsageException Unknown(IReadOnlyList<ModelInfo> models, string name) =>
        new($"unknown model '{name}': {Nearest.Hint(name, models.Select(model => model.Id))}");
}
