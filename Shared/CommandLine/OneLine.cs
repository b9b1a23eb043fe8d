namespace C10k.CommandLine;

/// <summary>Makes one line of what others wrote, for a terminal or a log: nothing in it ends the line, or orders the terminal about.</summary>
public static class OneLine
{
    /// <summary>The text, with a space for every line's end and a question mark for every other control character.</summary>
    public static string Of(string text) =>
        string.Concat(text.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? '?' : letter));
}
