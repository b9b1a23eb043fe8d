using System.Globalization;
using System.Text.RegularExpressions;

namespace C10k.Harness.Trials;

/// <summary>Reads what wrk prints with <c>--latency</c>.</summary>
internal static partial class WrkOutput
{
    private const RegexOptions Named = RegexOptions.ExplicitCapture;
    private const int LimitMs = 1000;

    // The longer ones first: "ms" ends in "s" too.
    private static readonly (string Unit, double Us)[] Units =
    [
        ("us", 1),
        ("ms", 1e3),
        ("s", 1e6),
        ("m", 60e6),
        ("h", 3600e6),
    ];

    /// <summary>The figures; null where the text is not what wrk prints at its end.</summary>
    public static WrkFigures? TryParse(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return null; // Digits, but no number.
        }
    }

    private static WrkFigures? Parse(string text)
    {
        var (total, rate, errors) = (Total().Match(text), Rate().Match(text), Errors().Match(text));
        if (!total.Success || !rate.Success)
            return null;
        return new WrkFigures
        {
            Requests = Count(total, "requests"),
            Seconds = Microseconds(total.Groups["time"].Value) / 1e6,
            ThroughputRps = double.Parse(rate.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture),
            P50Us = Percentile(text, "50"),
            P99Us = Percentile(text, "99"),
            ConnectErrors = Count(errors, "connect"),
            ReadErrors = Count(errors, "read"),
            WriteErrors = Count(errors, "write"),
            Timeouts = Count(errors, "timeout"),
            OtherStatuses = Count(Statuses().Match(text), "count"),
        };
    }

    // What wrk has nothing to say of, it does not print.
    private static long Count(Match match, string group) =>
        match.Success ? long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static double Percentile(string text, string percentile) =>
        Percentiles().Matches(text).FirstOrDefault(match => match.Groups["percentile"].Value == percentile) is { } match
            ? Microseconds(match.Groups["time"].Value)
            : 0;

    private static double Microseconds(string time)
    {
        var (unit, us) = Units.First(each => time.EndsWith(each.Unit, StringComparison.Ordinal));
        return double.Parse(time.AsSpan(0, time.Length - unit.Length), CultureInfo.InvariantCulture) * us;
    }

    [GeneratedRegex(@"(?<requests>\d+) requests in (?<time>[\d.]+(us|ms|s|m|h)),", Named, LimitMs)]
    private static partial Regex Total();

    [GeneratedRegex(@"Requests/sec: +(?<rate>[\d.]+)", Named, LimitMs)]
    private static partial Regex Rate();

    [GeneratedRegex(
        @"^ +(?<percentile>\d+)% +(?<time>[\d.]+(us|ms|s|m|h))\r?$",
        Named | RegexOptions.Multiline,
        LimitMs
    )]
    private static partial Regex Percentiles();

    [GeneratedRegex(
        @"Socket errors: connect (?<connect>\d+), read (?<read>\d+), write (?<write>\d+), timeout (?<timeout>\d+)",
        Named,
        LimitMs
    )]
    private static partial Regex Errors();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (?<count>\d+)", Named, LimitMs)]
    private static partial Regex Statuses();
}
