using System.Text;

namespace C10k.Harness.External;

/// <summary>Splits a command into its words as a shell would: quotes of both kinds keep words together, and nothing else means anything.</summary>
internal static class CommandWords
{
    /// <summary>The words; null where a quote has no end.</summary>
    public static IReadOnlyList<string>? Split(string command)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        foreach (var c in command)
        {
            if (c == quote)
                quote = null;
            else if (quote is null && c is '\'' or '"')
                (quote, word) = (c, word ?? new StringBuilder());
            else if (quote is null && char.IsWhiteSpace(c))
                End();
            else
                (word ??= new StringBuilder()).Append(c);
        }
        End();
        return quote is null ? words : null;

        void End()
        {
            if (word is not null)
                words.Add(word.ToString());
            word = null;
        }
    }
}
