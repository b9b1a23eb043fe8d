using System.Text.RegularExpressions;
using C10k.CommandLine;

namespace C10k.Harness.Planning;

/// <summary>The forms in which the load generator takes sizes; what they mean is its affair.</summary>
internal static partial class MessageSize
{
    public static bool IsOne(string text) => Form().IsMatch(text);

    /// <summary>The number of bytes, where all messages are alike; null where they are not.</summary>
    public static long? TryFixed(string text) => Quantities.TryParseSize(text, out var bytes) ? bytes : null;

    [GeneratedRegex(
        @"^([1-9]\d{0,8}[kmg]?|uniform:[1-9]\d{0,8}[kmg]?-[1-9]\d{0,8}[kmg]?|[1-9]\d{0,8}[kmg]?\*[1-9]\d{0,5}(,[1-9]\d{0,8}[kmg]?\*[1-9]\d{0,5})*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
