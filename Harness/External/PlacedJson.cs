using System.Text;
using System.Text.Json;

namespace C10k.Harness.External;

/// <summary>A JSON value that knows the line it begins in, so that a mistake can be named where it stands.</summary>
/// <param name="Line">Counted from 1; 0 for what stands in no file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text of a string, the digits of a number; else empty.</param>
/// <param name="Items">The values of an array.</param>
/// <param name="Members">The members of an object, as they stand.</param>
internal sealed record PlacedJson(
    int Line,
    JsonValueKind Kind,
    string Text,
    IReadOnlyList<PlacedJson> Items,
    IReadOnlyList<JsonMember> Members
)
{
    /// <summary>A text that stands in no file.</summary>
    public static PlacedJson OfText(string text) => new(0, JsonValueKind.String, text, [], []);

    /// <summary>A list of texts that stands in no file.</summary>
    public static PlacedJson OfTexts(IEnumerable<string> texts) =>
        new(0, JsonValueKind.Array, "", [.. texts.Select(OfText)], []);

    /// <exception cref="JsonException">It is no JSON; the exception tells the line, counted from 0.</exception>
    public static PlacedJson Parse(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        var value = ReadValue(ref reader, utf8);
        reader.Read(); // Throws where something follows.
        return value;
    }

    private static PlacedJson ReadValue(ref Utf8JsonReader reader, byte[] utf8)
    {
        var line = LineOf(reader, utf8);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new(line, JsonValueKind.Object, "", [], ReadMembers(ref reader, utf8)),
            JsonTokenType.StartArray => new(line, JsonValueKind.Array, "", ReadItems(ref reader, utf8), []),
            JsonTokenType.String => new(line, JsonValueKind.String, reader.GetString()!, [], []),
            JsonTokenType.Number => new(line, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), [], []),
            JsonTokenType.True => new(line, JsonValueKind.True, "", [], []),
            JsonTokenType.False => new(line, JsonValueKind.False, "", [], []),
            _ => new(line, JsonValueKind.Null, "", [], []),
        };
    }

    private static List<JsonMember> ReadMembers(ref Utf8JsonReader reader, byte[] utf8)
    {
        var members = new List<JsonMember>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (name, line) = (reader.GetString()!, LineOf(reader, utf8));
            reader.Read();
            members.Add(new JsonMember(name, line, ReadValue(ref reader, utf8)));
        }
        return members;
    }

    private static List<PlacedJson> ReadItems(ref Utf8JsonReader reader, byte[] utf8)
    {
        var items = new List<PlacedJson>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue(ref reader, utf8));
        return items;
    }

    private static int LineOf(Utf8JsonReader reader, byte[] utf8) =>
        1 + utf8.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
}

/// <summary>A member of an object.</summary>
internal sealed record JsonMember(string Name, int Line, PlacedJson Value);
