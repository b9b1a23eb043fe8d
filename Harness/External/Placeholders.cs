using System.Text.RegularExpressions;

namespace C10k.Harness.External;

/// <summary>The words in braces that a definition may use, and what they stand for at a start.</summary>
internal static partial class Placeholders
{
    public const string Port = "port";
    public const string Address = "address";
    public const string Conversation = "conversation";
    public const string Workers = "workers";
    public const string Backlog = "backlog";
    public const string WaitMs = "wait_ms";
    public const string CpuUs = "cpu_us";
    public const string Folder = "folder";
    public const string Scratch = "scratch";
    public const string Contract = "contract";

    /// <summary>An argument of its own, in the place of which stand all those of docs/process-contract.md.</summary>
    public const string ContractArgument = $"{{{Contract}}}";

    /// <summary>Every one there is.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Port, Address, Conversation, Workers, Backlog, WaitMs, CpuUs, Folder, Scratch, Contract];

    /// <summary>Puts the values in. Braces around anything else stay as they are.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Word().Replace(text, word => values.GetValueOrDefault(word.Groups["word"].Value, word.Value));

    /// <summary>The first word in braces that stands for nothing; null where there is none.</summary>
    public static string? Unknown(string text) =>
        Word().Matches(text).Select(word => word.Groups["word"].Value).FirstOrDefault(word => !All.Contains(word));

    /// <summary>Whether a text uses one of them.</summary>
    public static bool Uses(string text, string placeholder) =>
        text.Contains($"{{{placeholder}}}", StringComparison.Ordinal);

    [GeneratedRegex(@"\{(?<word>[a-z_]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
