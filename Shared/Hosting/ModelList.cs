using System.Text.Json;
using System.Text.Json.Serialization;

namespace C10k.Hosting;

/// <summary>The models of an executable as JSON, which is how <c>--list</c> tells them to others.</summary>
public static class ModelList
{
    /// <summary>Writes the list.</summary>
    public static string ToJson(IReadOnlyList<ModelInfo> models) =>
        JsonSerializer.Serialize(models, ModelListJson.Default.IReadOnlyListModelInfo);

    /// <summary>Reads the list.</summary>
    /// <exception cref="JsonException">It is no such list.</exception>
    public static IReadOnlyList<ModelInfo> FromJson(string json)
    {
        var models =
            JsonSerializer.Deserialize(json, ModelListJson.Default.IReadOnlyListModelInfo)
            ?? throw new JsonException("the list of models is null");
        foreach (var model in models)
        {
            CheckFormula(model, "serves_at_once", model.ServesAtOnce);
            CheckFormula(model, "uses_cpus", model.UsesCpus);
            CheckFormula(model, "processes", model.Processes);
            CheckFormula(model, "threads", model.Threads);
            CheckFormula(model, "holding_processes", model.HoldingProcesses);
        }
        return models;
    }

    private static void CheckFormula(ModelInfo model, string name, Formula? formula)
    {
        if (formula?.UnknownFactor(model.Parameters) is { } unknown)
            throw new JsonException(
                $"{name} of model '{model.Id}' is '{formula}', but '{unknown}' is neither a number, nor cpus, nor clients, nor a parameter of it that is a number"
            );
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(IReadOnlyList<ModelInfo>))]
internal sealed partial class ModelListJson : JsonSerializerContext;
