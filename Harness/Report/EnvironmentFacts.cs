using System.Globalization;
using System.Text.Json;

namespace C10k.Harness.Report;

/// <summary>
/// What <c>environment.json</c> says, as far as it says it. A folder without the file, or with that of another version, can be reported on
/// all the same.
/// </summary>
internal sealed class EnvironmentFacts
{
    private readonly Dictionary<string, string> _facts = [];

    private EnvironmentFacts() { }

    /// <summary>Every fact with its name, those of a group as <c>group.name</c>, in the order of the file.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> All => _facts;

    /// <summary>The machine and the run in one line, for the foot of a chart.</summary>
    public string Line => this["line"] ?? "";

    /// <summary>When the run began.</summary>
    public string? Date =>
        DateTimeOffset.TryParse(this["started_utc"], CultureInfo.InvariantCulture, out var started)
            ? started.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : null;

    /// <summary>The words with which the run was started; none where the file does not tell.</summary>
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <summary>The options that named its agents, also where the environment did; none where the file does not tell.</summary>
    public IReadOnlyList<string> AgentOptions { get; private set; } = [];

    public string? this[string name] => _facts.GetValueOrDefault(name) is { Length: > 0 } fact ? fact : null;

    public static EnvironmentFacts Read(string path)
    {
        var facts = new EnvironmentFacts();
        if (!File.Exists(path))
            return facts;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            facts.Add("", json.RootElement);
            facts.Arguments = Words(json.RootElement, "arguments");
            facts.AgentOptions = Words(json.RootElement, "agent_options");
        }
        catch (JsonException)
        {
            facts._facts["environment.json"] = "cannot be read";
        }
        return facts;
    }

    private static List<string> Words(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty(name, out var words)
        && words.ValueKind == JsonValueKind.Array
            ? [.. words.EnumerateArray().Select(word => word.ToString())]
            : [];

    private void Add(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
                Add(name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value);
        }
        else if (value.ValueKind != JsonValueKind.Null)
        {
            _facts[name] =
                value.ValueKind == JsonValueKind.Array ? string.Join(' ', value.EnumerateArray()) : value.ToString();
        }
    }
}
