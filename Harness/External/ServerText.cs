using System.Text.Json;
using C10k.CommandLine;
using C10k.Harness.Planning;

namespace C10k.Harness.External;

/// <summary>Reads a server that is told on the command line: <c>name=mine,cmd=./mine --port {port}</c>.</summary>
internal static class ServerText
{
    private const string CommandKey = "cmd=";
    private static readonly string[] Keys = ["name", "summary", "ready", "stop", "conversations", "cmd"];

    /// <summary>Whether the text is one; else it is the path of a file.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith(CommandKey, StringComparison.Ordinal)
        || text.Contains("," + CommandKey, StringComparison.Ordinal);

    /// <exception cref="UsageException">It says something that cannot be, or its program is not there.</exception>
    public static ServerDefinition Read(string text)
    {
        // The command comes last, because it may hold commas.
        var start = text.IndexOf(CommandKey, StringComparison.Ordinal);
        if (CommandWords.Split(text[(start + CommandKey.Length)..]) is not { Count: > 0 } command)
            throw new UsageException($"--server '{text}': behind cmd= stands a command, with every quote closed");
        var members = new List<JsonMember> { Member("command", PlacedJson.OfTexts(command)) };
        foreach (var pair in text[..start].Split(',', StringSplitOptions.RemoveEmptyEntries))
            members.Add(ReadPair(text, pair));
        if (members.TrueForAll(member => member.Name != "summary"))
            members.Add(Member("summary", PlacedJson.OfText(string.Join(' ', command))));
        var source = $"--server {members.Find(member => member.Name == "name")?.Value.Text}".TrimEnd();
        var value = new PlacedJson(0, JsonValueKind.Object, "", [], members);
        var definition = ServerFile.Read(
            new JsonFields(source, value, "", ServerFile.Fields),
            Directory.GetCurrentDirectory(),
            source
        );
        var program = definition.Locate(command[0]);
        return File.Exists(program) || Executables.OnPath(program) is not null
            ? definition
            : throw new UsageException($"{source}: there is no program {command[0]}");
    }

    private static JsonMember ReadPair(string text, string pair)
    {
        if (pair.Split('=', 2) is not [var key, var value])
            throw new UsageException($"--server '{text}': takes key=value,…,cmd=command, and '{pair}' is none");
        return key switch
        {
            "name" or "summary" or "stop" => Member(key, PlacedJson.OfText(value)),
            "conversations" => Member(key, PlacedJson.OfTexts(value.Split('+'))),
            "ready" => Member(key, Ready(value)),
            _ => throw new UsageException($"--server '{text}': unknown key '{key}': {Nearest.Hint(key, Keys)}"),
        };
    }

    // `stdout:listening` is { "stdout": "listening" }.
    private static PlacedJson Ready(string value) =>
        value.Split(':', 2) is [var stream, var line]
            ? new PlacedJson(0, JsonValueKind.Object, "", [], [Member(stream, PlacedJson.OfText(line))])
            : PlacedJson.OfText(value);

    private static JsonMember Member(string name, PlacedJson value) => new(name, 0, value);
}
