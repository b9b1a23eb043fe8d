using System.Globalization;
using C10k.CommandLine;

namespace C10k.Contract;

/// <summary>
/// How long messages are: <c>64</c> all alike; <c>uniform:16-1024</c> any length in between, equally often; <c>64*9,4096*1</c> some
/// lengths, each as often as its weight says (<c>64*9+4096*1</c> where commas separate something else). A message's length follows from
/// its connection and number alone, so that it need not be kept until the reply comes.
/// </summary>
public sealed class MessageSizes
{
    private const int MaxKinds = 64;
    private const int MaxWeight = 1_000_000;
    private const string UniformPrefix = "uniform:";

    private readonly int _fixed;
    private readonly Kind[] _kinds;

    private MessageSizes(params Kind[] kinds)
    {
        _kinds = kinds;
        _fixed = kinds is [{ Least: var least, Most: var most }] && least == most ? least : 0;
    }

    /// <summary>The length of the longest message in bytes.</summary>
    public int Longest => _kinds.Max(kind => kind.Most);

    /// <summary>The length of the shortest.</summary>
    public int Shortest => _kinds.Min(kind => kind.Least);

    /// <summary>All messages of the same length.</summary>
    public static MessageSizes Fixed(int bytes) => new(new Kind(1, bytes, bytes));

    /// <summary>Reads one of the three forms; sizes from 1 byte on.</summary>
    public static MessageSizes? TryParse(string text)
    {
        if (text.StartsWith(UniformPrefix, StringComparison.Ordinal))
            return ParseRange(text[UniformPrefix.Length..]) is { } range ? new MessageSizes(range) : null;
        if (!text.Contains('*', StringComparison.Ordinal))
            return ParseSize(text) is { } bytes ? Fixed(bytes) : null;
        var words = text.Split(',', '+');
        var kinds = words.Select(ParseWeighted).OfType<Kind>().ToList();
        return kinds.Count == words.Length && kinds.Count <= MaxKinds ? new MessageSizes(Accumulate(kinds)) : null;
    }

    /// <summary>The length of a message.</summary>
    public int Of(int connection, uint sequence) => _fixed > 0 ? _fixed : Draw(connection, sequence);

    /// <summary>As it is written.</summary>
    public override string ToString() =>
        _fixed > 0 ? $"{_fixed}" : string.Join(" or ", _kinds.Select(kind => kind.ToString()));

    private int Draw(int connection, uint sequence)
    {
        var random = MessageIdentity.Of(connection, sequence);
        // Two draws from one number: the upper half chooses the kind, the lower half the length within it.
        var ticket = (uint)(((random >> 32) * (ulong)_kinds[^1].UpTo) >> 32);
        var chosen = 0;
        while (ticket >= _kinds[chosen].UpTo)
            chosen++;
        var (_, least, most) = _kinds[chosen];
        return least + (int)(((random & uint.MaxValue) * (ulong)(most - least + 1)) >> 32);
    }

    private static Kind[] Accumulate(IEnumerable<Kind> kinds)
    {
        var sum = 0u;
        return [.. kinds.Select(kind => kind with { UpTo = sum += kind.UpTo })];
    }

    private static Kind? ParseWeighted(string word) =>
        word.Split('*') is [var size, var weight]
        && ParseSize(size) is { } bytes
        && uint.TryParse(weight, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
        && times is >= 1 and <= MaxWeight
            ? new Kind(times, bytes, bytes)
            : null;

    private static Kind? ParseRange(string words) =>
        words.Split('-') is [var first, var second]
        && ParseSize(first) is { } least
        && ParseSize(second) is { } most
        && least <= most
            ? new Kind(1, least, most)
            : null;

    private static int? ParseSize(string word) =>
        Quantities.TryParseSize(word, out var bytes) && bytes >= 1 ? (int)bytes : null;

    // UpTo: the sum of the weights up to this one.
    private sealed record Kind(uint UpTo, int Least, int Most)
    {
        public override string ToString() => Least == Most ? $"{Least}" : $"{Least} to {Most}";
    }
}
