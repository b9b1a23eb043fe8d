using System.Text.Json;

namespace C10k.Harness.Comparing;

/// <summary>What differs between the machines and settings of two runs, as far as it moves figures.</summary>
internal static class EnvironmentDifferences
{
    // What two versions of a server are compared for differs on purpose; times, seeds and names differ always.
    private static readonly string[] Matter =
    [
        "kernel",
        "cpu",
        "cpus_allowed",
        "server_cpus",
        "load_cpus",
        "memory_mb",
        "dotnet",
        "architecture",
        "bench_version",
        "schema_version",
        "lengths.",
        "sysctls.net.",
    ];

    /// <summary>Every field by its path, as <c>lengths.window_seconds</c>; nothing where there is no such file.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return fields;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            Flatten("", json.RootElement, fields);
        }
        catch (JsonException wrong)
        {
            throw new IOException($"{path} is no JSON: {wrong.Message}", wrong);
        }
        return fields;
    }

    /// <summary>One line for each difference.</summary>
    public static IEnumerable<string> Between(RunFiles a, RunFiles b) =>
        from field in a.Environment.Keys.Union(b.Environment.Keys)
        where Matter.Any(name => name.EndsWith('.') ? field.StartsWith(name, StringComparison.Ordinal) : field == name)
        let first = a.Environment.GetValueOrDefault(field, "unknown")
        let second = b.Environment.GetValueOrDefault(field, "unknown")
        where first != second && !(field.StartsWith("lengths.rounds", StringComparison.Ordinal))
        select $"{field}: {first} in A, {second} in B";

    private static void Flatten(string prefix, JsonElement element, SortedDictionary<string, string> fields)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            fields[prefix] = element.ToString();
            return;
        }
        foreach (var member in element.EnumerateObject())
            Flatten(prefix.Length == 0 ? member.Name : $"{prefix}.{member.Name}", member.Value, fields);
    }
}
