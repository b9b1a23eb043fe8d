using System.Globalization;

namespace C10k.CommandLine;

/// <summary>
/// Words of strangers (what a server printed, what a caller sent, what a file calls itself) made fit for one line of a terminal, a log or a
/// table.
/// </summary>
public static class Printable
{
    /// <summary>
    /// The text with blanks for line breaks and tabs, and question marks for what else would move a terminal's cursor, colour it, name its
    /// window or turn the direction of writing.
    /// </summary>
    public static string Line(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(Shown));

    private static char Shown(char letter) =>
        letter == '\t' ? ' '
        : char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format ? '?'
        : letter;
}
