using System.IO.Enumeration;
using C10k.CommandLine;
using C10k.Harness.External;
using C10k.Hosting;

namespace C10k.Harness.Planning;

/// <summary>Finds the models that <c>--models</c> asks for: ids, globs, families, and <c>id:key=value,…</c> for variants.</summary>
internal static class ModelSelection
{
    /// <summary>
    /// The models in the order in which they were asked for, each once, and then the servers that were added. Where nothing was asked for,
    /// these are all models of the bench: what comes with it from elsewhere runs when it is named.
    /// </summary>
    /// <exception cref="UsageException">A word that fits no model, or a parameter that its model does not take.</exception>
    public static IReadOnlyList<ModelVariant> Select(
        IReadOnlyList<ModelInfo> models,
        string? asked,
        ForeignServers? foreign = null
    )
    {
        var own = models.Select(model => new ModelVariant(model, model.Id)).ToList();
        IReadOnlyList<ModelVariant> known = [.. own, .. foreign?.AsModels(models) ?? []];
        var named = asked is null ? own : NameList.Split(asked).SelectMany(name => Find(known, name));
        var added = (foreign?.Added ?? []).Select(ForeignServers.ToModel);
        return [.. named.Concat(added).DistinctBy(variant => variant.Name)];
    }

    private static IReadOnlyList<ModelVariant> Find(IReadOnlyList<ModelVariant> models, string name)
    {
        if (name.Contains(':', StringComparison.Ordinal))
            return [FindVariant(models, name)];
        // A family may be called like one of its models; then the model alone is meant.
        var found = models.Where(model => model.Name == name).ToList();
        if (found.Count == 0)
            found = [.. models.Where(model => Fits(model.Info, name))];
        return found.Count > 0 ? found : throw Unknown(models, name);
    }

    private static bool Fits(ModelInfo model, string name) =>
        model.Family == name || FileSystemName.MatchesSimpleExpression(name, model.Id);

    private static ModelVariant FindVariant(IReadOnlyList<ModelVariant> models, string name)
    {
        var reference = ModelReference.Parse(name);
        var model = models.FirstOrDefault(model => model.Name == reference.Id) ?? throw Unknown(models, reference.Id);
        reference.Resolve(model.Info);
        return model with { Name = name };
    }

    private static UsageException Unknown(IReadOnlyList<ModelVariant> models, string name) =>
        new($"unknown model '{name}': {Nearest.Hint(name, models.Select(model => model.Name))}");
}
