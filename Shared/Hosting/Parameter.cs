using System.Globalization;
using C10k.CommandLine;

namespace C10k.Hosting;

/// <summary>A number that a model can be given with <c>id:key=value</c>.</summary>
/// <param name="Name">The key.</param>
/// <param name="Default">The value that is taken when none is given.</param>
/// <param name="Meaning">What it does, with its unit and range.</param>
/// <param name="Min">The least value that makes sense.</param>
/// <param name="Max">The greatest value that makes sense.</param>
public sealed record Parameter(string Name, string Default, string Meaning, long Min, long Max)
{
    /// <summary>Reads a value: a whole number, with k, m or g for powers of 1,024.</summary>
    /// <exception cref="UsageException">It is no number, or out of range.</exception>
    public long Parse(string text) =>
        Quantities.TryParseSize(text, out var value) && value >= Min && value <= Max
            ? value
            : throw new UsageException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"parameter '{Name}' takes a whole number from {Min} to {Max} (64k is 65536), not '{text}'"
                )
            );
}
