using System.Globalization;
using C10k.CommandLine;

namespace C10k.Hosting;

/// <summary>Something that a model can be given with <c>id:key=value</c>: a number, or one of a few words.</summary>
public sealed record Parameter
{
    private const string Cpus = "cpus";

    /// <summary>The key.</summary>
    public required string Name { get; init; }

    /// <summary>The value that is taken when none is given.</summary>
    public required string Default { get; init; }

    /// <summary>What it does, with its unit.</summary>
    public required string Meaning { get; init; }

    /// <summary>The words it can be; null for a number.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The least number.</summary>
    public long Min { get; init; }

    /// <summary>The greatest number.</summary>
    public long Max { get; init; }

    /// <summary>A number, with k, m or g for powers of 1,024; the word <c>cpus</c> stands for the number of CPUs.</summary>
    public static Parameter Number(string name, string byDefault, string meaning, long min, long max) =>
        new()
        {
            Name = name,
            Default = byDefault,
            Meaning = meaning,
            Min = min,
            Max = max,
        };

    /// <summary>One of a few words.</summary>
    public static Parameter Choice(string name, string byDefault, string meaning, params string[] choices) =>
        new()
        {
            Name = name,
            Default = byDefault,
            Meaning = meaning,
            Choices = choices,
        };

    /// <summary>The values that it can have, in words: <c>64k to 8m</c>, or <c>managed or native</c>.</summary>
    public string DescribeValues() => Choices is null ? $"{Short(Min)} to {Short(Max)}" : string.Join(" or ", Choices);

    /// <summary>Refuses a value that the parameter cannot have.</summary>
    /// <exception cref="UsageException">It is none of the words, no number, or out of range.</exception>
    public void Check(string value)
    {
        if (Choices is not null && !Choices.Contains(value))
            throw new UsageException($"parameter '{Name}' cannot be '{value}': {Nearest.Hint(value, Choices)}");
        if (
            Choices is null
            && (!TryParseNumber(value, Environment.ProcessorCount, out var number) || number < Min || number > Max)
        )
            throw new UsageException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"parameter '{Name}' takes a whole number from {Min} to {Max} (64k is 65536), not '{value}'"
                )
            );
    }

    /// <summary>Reads a number that was checked.</summary>
    /// <param name="cpus">What the word <c>cpus</c> stands for.</param>
    internal static long ToNumber(string value, int cpus) =>
        TryParseNumber(value, cpus, out var number) ? number : throw new FormatException($"'{value}' is no number");

    // As people type it; below 10k it may count something else than bytes.
    private static string Short(long number) =>
        number switch
        {
            >= 1 << 20 when number % (1 << 20) == 0 => $"{number >> 20}m",
            >= 10 << 10 when number % (1 << 10) == 0 => $"{number >> 10}k",
            _ => number.ToString(CultureInfo.InvariantCulture),
        };

    private static bool TryParseNumber(string value, int cpus, out long number)
    {
        number = cpus;
        return value == Cpus || Quantities.TryParseSize(value, out number);
    }
}
