using System.Text.Json;
using C10k.CommandLine;

namespace C10k.Harness.Planning;

/// <summary>
/// A workload that a user wrote: a JSON object with the fields of <see cref="WorkloadField"/>, besides <c>id</c>, <c>summary</c>,
/// <c>question</c>, and <c>based_on</c> for another workload whose fields it keeps.
/// </summary>
internal static class WorkloadFile
{
    private const int MaxTextLength = 500;
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <exception cref="UsageException">The file cannot be read, or a field in it is wrong; the message names it.</exception>
    public static Workload Read(string path)
    {
        try
        {
            var content = SmallFile.ReadBytes(path);
            using var document = JsonDocument.Parse(SmallFile.ToText(content), Lenient);
            return Read(document.RootElement, path) with { FileHash = SmallFile.Hash(content) };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"workload {path}: {unreadable.Message}");
        }
        catch (JsonException wrong)
        {
            throw new UsageException(
                $"workload {path}: no JSON in line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}"
            );
        }
    }

    private static Workload Read(JsonElement root, string path)
    {
        var where = $"workload {path}";
        if (root.ValueKind != JsonValueKind.Object)
            throw new UsageException($"{where}: is no JSON object");
        var workload = Text(root, "based_on", where) is { } id ? WorkloadSelection.Named(id) : WorkloadCatalogue.All[0];
        workload = workload with
        {
            File = path,
            Id = CheckId(Text(root, "id", where) ?? Path.GetFileNameWithoutExtension(path), where),
            Summary = Text(root, "summary", where) ?? "",
            Question = Text(root, "question", where) ?? "",
        };
        foreach (var field in root.EnumerateObject().Where(field => !IsHead(field.Name)))
            workload = WorkloadSelection.Set(workload, field.Name, ToText(field, where), where);
        return WorkloadRules.Check(workload, where);
    }

    private static bool IsHead(string field) => field is "id" or "summary" or "question" or "based_on" or "$schema";

    private static string? Text(JsonElement root, string name, string where)
    {
        if (!root.TryGetProperty(name, out var value))
            return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length is > 0 and <= MaxTextLength && !text.Any(char.IsControl)
            ? text
            : throw new UsageException(
                $"{where}: field '{name}' takes a text of 1 to {MaxTextLength} characters in one line"
            );
    }

    // It stands in tables, file names and on command lines, where it means one workload.
    private static string CheckId(string id, string where)
    {
        if (id.Length > 40 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new UsageException(
                $"{where}: field 'id' takes up to 40 letters, digits, '-', '_' and '.', not '{id}'"
            );
        return WorkloadCatalogue.All.All(workload => workload.Id != id)
            ? id
            : throw new UsageException(
                $"{where}: the id '{id}' is taken by a workload of the bench: choose another in field 'id'"
            );
    }

    private static string ToText(JsonProperty field, string where) =>
        field.Value.ValueKind switch
        {
            JsonValueKind.String => field.Value.GetString()!,
            JsonValueKind.Number => field.Value.GetRawText(),
            JsonValueKind.Array when field.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                string.Join('+', field.Value.EnumerateArray().Select(item => item.GetString())),
            _ => throw new UsageException($"{where}: field '{field.Name}' takes a text or a number"),
        };
}
