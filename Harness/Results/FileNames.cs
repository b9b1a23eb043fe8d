using System.Text.RegularExpressions;

namespace C10k.Harness.Results;

/// <summary>Makes parts of file names of what people and machines are called.</summary>
internal static partial class FileNames
{
    /// <summary>The text with every character that could trouble a shell or a file system made an underscore.</summary>
    public static string Safe(string text)
    {
        string safe = Unsafe().Replace(text, "_");
        return safe.Length == 0 || safe[0] == '.' ? "_" + safe : safe;
    }

    [GeneratedRegex("[^A-Za-z0-9._=,-]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unsafe();
}
