namespace C10k.CommandLine;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
public static class Nearest
{
    private const int MostEdits = 2;

    /// <summary>
    /// How to go on after an unknown name: the nearest possible one (at most two edits away), or all of them. Ends a message such as
    /// <c>unknown model 'epol': did you mean epoll-level?</c>
    /// </summary>
    public static string Hint(string unknown, IEnumerable<string> possible)
    {
        var candidates = possible.ToList();
        var best = candidates.MinBy(candidate => Score(unknown, candidate));
        return best is not null && Score(unknown, best) <= 2 * MostEdits
            ? $"did you mean {best}?"
            : $"possible are {string.Join(", ", candidates)}";
    }

    // Two for each edit. The beginning of a name is nearer than another name: whoever types `epoll` means `epoll-level`, not `poll`.
    private static int Score(string unknown, string candidate)
    {
        var edits = EditDistance(unknown.ToUpperInvariant(), candidate.ToUpperInvariant());
        var begun = unknown.Length >= 3 && candidate.StartsWith(unknown, StringComparison.OrdinalIgnoreCase);
        return begun ? Math.Min(edits, 1) : 2 * edits;
    }

    // Levenshtein's distance, a row at a time.
    private static int EditDistance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
