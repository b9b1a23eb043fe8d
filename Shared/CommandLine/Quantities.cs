using System.Globalization;

namespace C10k.CommandLine;

/// <summary>Reads and writes durations and sizes as people type them: <c>50us</c>, <c>5ms</c>, <c>1.5s</c>, <c>2m</c>; <c>64</c>, <c>64k</c>, <c>1m</c>.</summary>
public static class Quantities
{
    private static readonly (string Unit, double Seconds)[] DurationUnits =
    [
        ("us", 1e-6),
        ("ms", 1e-3),
        ("s", 1),
        ("m", 60),
        ("h", 3600),
    ];

    private static readonly (string Unit, long Bytes)[] SizeUnits = [("k", 1L << 10), ("m", 1L << 20), ("g", 1L << 30)];

    /// <summary>A duration with its unit (us, ms, s, m, h). Never negative, at most a day.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz");
        var unit = text[digits.Length..];
        var known = DurationUnits.FirstOrDefault(candidate => candidate.Unit == unit);
        if (known.Unit is null || !TryParseNumber(digits, out var value) || value * known.Seconds > 86_400)
            return false;
        // Rounded, as TimeSpan.FromSeconds is not: to it 50us are 49.9us, because 1e-6 is a little less than a millionth.
        duration = TimeSpan.FromTicks((long)Math.Round(value * known.Seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>A number of bytes, with k, m or g for powers of 1,024. Never negative, at most 1g.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        bytes = 0;
        var unit = SizeUnits.FirstOrDefault(candidate => text.EndsWith(candidate.Unit, StringComparison.Ordinal));
        var digits = unit.Unit is null ? text : text[..^1];
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return false;
        var factor = unit.Unit is null ? 1 : unit.Bytes;
        if (value > (1L << 30) / factor)
            return false;
        bytes = value * factor;
        return true;
    }

    /// <summary>A number of requests per second: above 0, at most 10^8.</summary>
    public static bool TryParseRate(string text, out double rate) =>
        TryParseNumber(text, out rate) && rate is > 0 and <= 1e8;

    /// <summary>The shortest form that reads back as the same duration: <c>1.5s</c>, <c>50us</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var (unit, seconds) =
            duration.TotalSeconds >= 1 ? ("s", 1d)
            : duration.TotalMilliseconds >= 1 ? ("ms", 1e-3)
            : ("us", 1e-6);
        return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds / seconds:0.#######}{unit}");
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);
}
