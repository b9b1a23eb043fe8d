using System.Globalization;
using System.Text.Json;
using C10k.CommandLine;

namespace C10k.Harness.External;

/// <summary>Takes the fields of a JSON object one by one; whatever is wrong is named with file, line and field.</summary>
internal sealed class JsonFields
{
    private const int MaxTextLength = 1000;

    private readonly string _file;
    private readonly PlacedJson _object;
    private readonly string _prefix;

    /// <param name="file">Named in every message.</param>
    /// <param name="value">The object.</param>
    /// <param name="name">What the object is called in the file; empty for the outermost.</param>
    /// <param name="known">The fields it may have.</param>
    /// <exception cref="UsageException">It is no object, or has a field it cannot have, or one twice.</exception>
    public JsonFields(string file, PlacedJson value, string name, IReadOnlyList<string> known)
    {
        (_file, _object) = (file, value);
        _prefix = name.Length == 0 ? "" : name + ".";
        if (value.Kind != JsonValueKind.Object)
            throw Mistake(value.Line, name.Length == 0 ? "is no JSON object" : $"field '{name}' takes an object");
        var seen = new HashSet<string>();
        foreach (var member in value.Members)
        {
            if (!known.Contains(member.Name))
                throw Mistake(
                    member.Line,
                    $"field '{_prefix}{member.Name}' is unknown: {Nearest.Hint(member.Name, known)}"
                );
            if (!seen.Add(member.Name))
                throw Mistake(member.Line, $"field '{_prefix}{member.Name}' stands there twice");
        }
    }

    /// <summary>The value of a field, or null where it is left out.</summary>
    public PlacedJson? Find(string name) => _object.Members.FirstOrDefault(member => member.Name == name)?.Value;

    /// <exception cref="UsageException">It is missing.</exception>
    public PlacedJson Require(string name) =>
        Find(name) ?? throw Mistake(_object.Line, $"field '{_prefix}{name}' is missing");

    /// <summary>A line of text; the default where it is left out.</summary>
    public string Text(string name, string byDefault) => Find(name) is { } value ? Text(name, value) : byDefault;

    /// <summary>A line of text that must be there, and not be empty.</summary>
    public string RequiredText(string name) =>
        Text(name, Require(name)) is { Length: > 0 } text
            ? text
            : throw Refuse(name, Require(name), "takes a text that is not empty");

    /// <summary>A list of texts with at least one in it.</summary>
    public IReadOnlyList<string> Texts(string name, PlacedJson value) =>
        value is { Kind: JsonValueKind.Array, Items.Count: > 0 }
            ? [.. value.Items.Select(item => Text(name, item))]
            : throw Refuse(name, value, "takes a list of texts, such as [\"node\", \"server.js\"]");

    /// <summary>Texts by name; none where the field is left out.</summary>
    public IReadOnlyDictionary<string, string> Map(string name)
    {
        if (Find(name) is not { } value)
            return new Dictionary<string, string>();
        if (value.Kind != JsonValueKind.Object)
            throw Refuse(name, value, "takes an object of texts, such as { \"NAME\": \"value\" }");
        var map = new Dictionary<string, string>();
        foreach (var member in value.Members)
        {
            if (!map.TryAdd(member.Name, Text($"{name}.{member.Name}", member.Value)))
                throw Mistake(member.Line, $"field '{_prefix}{name}.{member.Name}' stands there twice");
        }
        return map;
    }

    public bool Flag(string name) =>
        Find(name) is { } value
        && (
            value.Kind is JsonValueKind.True or JsonValueKind.False
                ? value.Kind == JsonValueKind.True
                : throw Refuse(name, value, "takes true or false")
        );

    /// <summary>A whole number from 0 on; 0 where it is left out.</summary>
    public int Count(string name)
    {
        if (Find(name) is not { } value)
            return 0;
        return
            value.Kind == JsonValueKind.Number
            && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw Refuse(name, value, "takes a whole number from 0 on");
    }

    /// <summary>One text, without line breaks and of a length that a table bears.</summary>
    public string Text(string name, PlacedJson value) =>
        value.Kind == JsonValueKind.String && value.Text.Length <= MaxTextLength && !value.Text.Any(char.IsControl)
            ? value.Text
            : throw Refuse(name, value, $"takes a text in one line, of at most {MaxTextLength} characters");

    /// <summary>What is thrown where a field cannot be what it is.</summary>
    public UsageException Refuse(string name, PlacedJson value, string takes) =>
        Mistake(value.Line, $"field '{_prefix}{name}' {takes}{Cite(value)}");

    private static string Cite(PlacedJson value) =>
        value.Kind is JsonValueKind.String or JsonValueKind.Number && value.Text.Length <= 80
            ? $", not '{value.Text}'"
            : "";

    private UsageException Mistake(int line, string what) =>
        new(line > 0 ? $"{_file}, line {line}: {what}" : $"{_file}: {what}");
}
