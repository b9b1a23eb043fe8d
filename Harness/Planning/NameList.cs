namespace C10k.Harness.Planning;

/// <summary>Lists of names with commas between them, in which a name may be followed by <c>:key=value,…</c>.</summary>
internal static class NameList
{
    /// <summary>A comma separates names, and also the values of one: <c>a:x=1,y=2,b</c> is <c>a:x=1,y=2</c> and <c>b</c>.</summary>
    public static IReadOnlyList<string> Split(string list)
    {
        var names = new List<string>();
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (names.Count > 0 && names[^1].Contains(':', StringComparison.Ordinal) && IsPair(part))
                names[^1] += "," + part;
            else
                names.Add(part);
        }
        return names;
    }

    // A colon before the equals sign begins a name; one behind it belongs to the value, as in think=exp:50ms.
    private static bool IsPair(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        return equals > 0 && (colon < 0 || equals < colon);
    }
}
