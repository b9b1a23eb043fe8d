using System.Text.Json;

namespace C10k.Harness.Comparing;

/// <summary>What differs between the machines and settings of two runs, as far as it moves figures.</summary>
internal static class EnvironmentDifferences
{
    private const string Agents = "agents";

    // Older versions did not write them, which says nothing of their runs.
    private static readonly string[] Later = ["worker_build", "count_syscalls"];

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
        Agents,
        "cross_check",
        .. Later,
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
            if (fields.ContainsKey(Agents))
                fields[Agents] = Describe(json.RootElement.GetProperty(Agents));
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
        where first != second && !field.StartsWith("lengths.rounds", StringComparison.Ordinal)
        where !Later.Contains(field) || (a.Environment.ContainsKey(field) && b.Environment.ContainsKey(field))
        select $"{field}: {Shown(first)} in A, {Shown(second)} in B";

    private static string Shown(string value) => value.Length == 0 ? "none" : value;

    // What matters of them: which side each runs, and where. Addresses and limits differ always.
    private static string Describe(JsonElement agents) =>
        agents.ValueKind == JsonValueKind.Array
            ? string.Join("; ", agents.EnumerateArray().Select(agent => DescribeAgent(Member(agent, "facts"))))
            : "";

    private static string DescribeAgent(JsonElement facts) =>
        $"{Member(facts, "program")} on {Member(facts, "host")}, CPUs {Member(facts, "cpus")}, Linux {Member(facts, "kernel")}";

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static void Flatten(string prefix, JsonElement element, SortedDictionary<string, string> fields)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            fields[prefix] = element.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? element.GetRawText()
                : element.ToString();
            return;
        }
        foreach (var member in element.EnumerateObject())
            Flatten(prefix.Length == 0 ? member.Name : $"{prefix}.{member.Name}", member.Value, fields);
    }
}
