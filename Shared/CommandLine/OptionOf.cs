using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace C10k.CommandLine;

/// <summary>Options of the kinds that the programs share. Each refuses a bad value with one line that names the option and what it takes.</summary>
public static class OptionOf
{
    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Option<int> Count(string name, string description, int byDefault, int min, int max) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => ParseCount(result, name, min, max) ?? 0,
        };

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>, or nothing.</summary>
    public static Option<int?> OptionalCount(string name, string description, int min, int max) =>
        new(name) { Description = description, CustomParser = result => ParseCount(result, name, min, max) };

    /// <summary>A duration from <paramref name="min"/> to a day.</summary>
    public static Option<TimeSpan> Duration(string name, string description, TimeSpan byDefault, TimeSpan min) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => ParseDuration(result, name, min) ?? TimeSpan.Zero,
        };

    /// <summary>A duration from <paramref name="min"/> to a day, or nothing.</summary>
    public static Option<TimeSpan?> OptionalDuration(string name, string description, TimeSpan min) =>
        new(name) { Description = description, CustomParser = result => ParseDuration(result, name, min) };

    /// <summary>A number of requests per second, or nothing; see <see cref="Quantities.TryParseRate"/>.</summary>
    public static Option<double?> OptionalRate(string name, string description) =>
        new(name)
        {
            Description = description,
            CustomParser = result =>
                Quantities.TryParseRate(Word(result), out var rate)
                    ? rate
                    : Refuse<double?>(result, name, "takes a number of requests per second above 0, such as 20000"),
        };

    /// <summary>A size in bytes from 1 to <paramref name="max"/>.</summary>
    public static Option<int> Size(string name, string description, int byDefault, int max) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
                Quantities.TryParseSize(Word(result), out var bytes) && bytes >= 1 && bytes <= max
                    ? (int)bytes
                    : Refuse<int>(result, name, $"takes a size from 1 byte to {max:N0} bytes, such as 64, 16k or 1m"),
        };

    /// <summary>A share from 0 to below 100 per cent, such as 5% or 2.5%, or nothing.</summary>
    public static Option<double?> OptionalShare(string name, string description) =>
        new(name)
        {
            Description = description,
            CustomParser = result =>
                Word(result) is [.. var digits, '%']
                && double.TryParse(
                    digits,
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var percent
                )
                && percent < 100
                    ? percent / 100
                    : Refuse<double?>(result, name, "takes a share in per cent, below 100, such as 5%"),
        };

    /// <summary>One of a few words.</summary>
    public static Option<string> Choice(
        string name,
        string description,
        string byDefault,
        IReadOnlyCollection<string> choices
    ) =>
        new(name)
        {
            Description = $"{description} [{string.Join(", ", choices)}]",
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
            {
                var word = Word(result);
                if (choices.Contains(word))
                    return word;
                result.AddError($"unknown {AsTyped(result, name)} '{word}': {Nearest.Hint(word, choices)}");
                return null;
            },
        };

    // An option may have been named by its alias.
    private static string AsTyped(ArgumentResult result, string name) =>
        (result.Parent as OptionResult)?.IdentifierToken?.Value ?? name;

    /// <summary>An IPv4 address.</summary>
    public static Option<IPAddress> Address(string name, string description, IPAddress byDefault) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
                IPAddress.TryParse(Word(result), out var address) && address.AddressFamily == AddressFamily.InterNetwork
                    ? address
                    : Refuse<IPAddress>(result, name, "takes an IPv4 address, such as 127.0.0.1"),
        };

    /// <summary>The single word given for an option.</summary>
    public static string Word(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";

    /// <summary>Reports a bad value: <c>--port takes …, not 'x'</c>.</summary>
    public static T? Refuse<T>(ArgumentResult result, string name, string takes)
    {
        result.AddError(
            result.Tokens.Count > 1
                ? $"{name} is given {result.Tokens.Count} times: {string.Join(' ', result.Tokens)}"
                : $"{name} {takes}, not '{Word(result)}'"
        );
        return default;
    }

    private static int? ParseCount(ArgumentResult result, string name, int min, int max) =>
        int.TryParse(Word(result), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value >= min
        && value <= max
            ? value
            : Refuse<int?>(result, name, $"takes a whole number from {min} to {max}");

    private static TimeSpan? ParseDuration(ArgumentResult result, string name, TimeSpan min) =>
        Quantities.TryParseDuration(Word(result), out var value) && value >= min
            ? value
            : Refuse<TimeSpan?>(
                result,
                name,
                $"takes a duration of at least {Quantities.Format(min)} with its unit, such as 500ms, 2s or 1m"
            );
}
