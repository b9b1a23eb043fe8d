using System.Text;

namespace C10k.Tests.Fuzz;

/// <summary>Damages good inputs, the same way for the same seed.</summary>
internal sealed class Damage(int seed)
{
    // What parsers stumble over.
    private static readonly string[] Words =
    [
        "",
        "0",
        "-1",
        "1",
        "1,5",
        "1.5",
        "1e999",
        "NaN",
        "Infinity",
        "9223372036854775807",
        "99999999999999999999999",
        "null",
        "true",
        "[]",
        "{}",
        "\"",
        "\"\"",
        "\\",
        "\\u0000",
        "\0",
        "\n",
        "\r\n",
        "\t",
        " ",
        ",",
        ";",
        ":",
        "=",
        "--",
        "%",
        "*",
        "../..",
        "\u00a0",
        "\u2028",
        "\u001b[2J",
        "\u0661",
        "\ud83d\ude00",
        "\ufeff",
        "<script>",
        "ünïcode",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One of the examples with some wounds, or two of them grown together.</summary>
    public string Of(IReadOnlyList<string> examples)
    {
        var text = examples[_random.Next(examples.Count)];
        if (_random.Next(8) == 0)
            text = Beginning(text) + End(examples[_random.Next(examples.Count)]);
        for (var wounds = _random.Next(1, 5); wounds > 0; wounds--)
            text = Wound(text);
        // What is cut in the middle of a character never comes out of a decoder.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    private string Wound(string text)
    {
        var at = _random.Next(text.Length + 1);
        var length = Math.Min(_random.Next(6), text.Length - at);
        return _random.Next(8) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text.Insert(at, text.Substring(at, length)),
            3 => text.Remove(at, length),
            4 => text[..at] + (char)_random.Next(0x250) + text[(at + Math.Min(1, length))..],
            5 => Number(text),
            _ => text[..at] + Words[_random.Next(Words.Length)] + text[(at + length)..],
        };
    }

    // Another number in the place of one.
    private string Number(string text)
    {
        var begin = text.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], _random.Next(text.Length + 1));
        if (begin < 0)
            return text;
        var end = begin;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return text[..begin] + Words[_random.Next(Words.Length)] + text[end..];
    }

    private string Beginning(string text) => text[.._random.Next(text.Length + 1)];

    private string End(string text) => text[_random.Next(text.Length + 1)..];
}
