namespace C10k.Harness.Charts;

/// <summary>
/// How wide a text will be, without asking a font. The widths are those of DejaVu Sans, the widest of the fonts in use,
/// so that no text is longer than thought.
/// </summary>
internal static class TextWidth
{
    private const double Bold = 1.12;

    public static double Of(string text, double size, bool bold = false) =>
        text.Sum(EmWidth) * size * (bold ? Bold : 1);

    /// <summary>Breaks the text at spaces into lines no wider than asked; a single longer word is cut.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Of(longer, size) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = Cut(longer, size, width);
        }

        return line.Length == 0 ? lines : [.. lines, line];
    }

    /// <summary>The text, or as much of its beginning as fits, with an ellipsis.</summary>
    public static string Cut(string text, double size, double width)
    {
        if (Of(text, size) <= width)
        {
            return text;
        }

        int length = text.Length;
        while (length > 0 && Of(text[..length] + "…", size) > width)
        {
            length -= length > 1 && char.IsLowSurrogate(text[length - 1]) ? 2 : 1;
        }

        return text[..length] + "…";
    }

    private static double EmWidth(char c) =>
        c switch
        {
            _ when "'ijlIJ".Contains(c) => 0.30,
            _ when " \u00A0,./:;\\|-f·".Contains(c) => 0.36,
            _ when "()[]tr!\"".Contains(c) => 0.45,
            _ when "*_`?szLcFkvxyTPYaeo".Contains(c) => 0.62,
            _ when "wDGHNOQU&".Contains(c) => 0.82,
            _ when "mMW@%#+<=>^~–…".Contains(c) => 1,
            < '\u0250' => 0.70,
            _ => 1,
        };
}
