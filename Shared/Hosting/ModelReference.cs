using C10k.CommandLine;

namespace C10k.Hosting;

/// <summary>A model as it is named on a command line: <c>id</c>, or <c>id:key=value,…</c> for a variant of it.</summary>
public sealed record ModelReference(string Id, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Splits the text; says nothing yet about whether such a model exists.</summary>
    /// <exception cref="UsageException">The part behind the colon is not made of key=value.</exception>
    public static ModelReference Parse(string text)
    {
        var (id, rest) = text.Split(':', 2) is [var name, var list] ? (name, list) : (text, null);
        var values = new Dictionary<string, string>();
        foreach (var pair in rest?.Split(',') ?? [])
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } key, { Length: > 0 } value] || !values.TryAdd(key, value))
                throw new UsageException($"model '{text}': behind the colon stands key=value,… with each key once");
        }
        return new ModelReference(id, values);
    }

    /// <summary>The value of every parameter of the model: as given, else its default.</summary>
    /// <exception cref="UsageException">A key that the model does not have, or a value it cannot take.</exception>
    public IReadOnlyDictionary<string, string> Resolve(ModelInfo model)
    {
        var unknown = Values.Keys.FirstOrDefault(key => model.Parameters.All(parameter => parameter.Name != key));
        if (unknown is not null)
            throw new UsageException($"model '{Id}' has no parameter '{unknown}': {Possible(model, unknown)}");
        var values = model.Parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => Values.GetValueOrDefault(parameter.Name, parameter.Default)
        );
        foreach (var parameter in model.Parameters)
            parameter.Check(values[parameter.Name]);
        return values;
    }

    private static string Possible(ModelInfo model, string unknown) =>
        model.Parameters.Count == 0
            ? "it has none"
            : Nearest.Hint(unknown, model.Parameters.Select(parameter => parameter.Name));
}
