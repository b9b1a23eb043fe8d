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
    public static IReadOnlyList<ModelInfo> FromJson(string json) =>
        JsonSerializer.Deserialize(json, ModelListJson.Default.IReadOnlyListModelInfo)
        ?? throw new JsonException("the list of models is null");
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
