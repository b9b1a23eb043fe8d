using System.Text.Json;
using System.Text.Json.Nodes;
using C10k.Harness.Results;

namespace C10k.Harness.Recording;

/// <summary>Adds to <c>environment.json</c> what is known at the end of a run only.</summary>
internal static class EnvironmentFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Sets one field, and leaves the others as they are.</summary>
    public static void Set(string path, string field, JsonNode value)
    {
        var environment = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        environment[field] = value;
        WholeFile.Write(path, environment.ToJsonString(Indented));
    }
}
