using System.Globalization;

namespace C10k.Harness.Charts;

/// <summary>Numbers as people say them: 10k, 1.5M, 250 µs, 3.2 ms, 99.9 %.</summary>
internal static class TickLabel
{
    // A number and its unit stay together.
    private const char NoBreak = '\u00A0';

    public static string Of(double value, Unit unit) =>
        unit switch
        {
            Unit.Microseconds => OfMicroseconds(value),
            Unit.Percent => $"{value.ToString("0.#######", CultureInfo.InvariantCulture)}{NoBreak}%",
            Unit.Kilobytes => OfMemory(value, "kB"),
            Unit.Megabytes => OfMemory(value, "MB"),
            _ => OfCount(value),
        };

    // Each limit lies where rounding to three digits would reach the next unit: 999.6 is 1k, never 1000.
    private static string OfCount(double value) =>
        Math.Abs(value) switch
        {
            >= 999.5e6 => ThreeDigits(value / 1e9) + "G",
            >= 999.5e3 => ThreeDigits(value / 1e6) + "M",
            >= 999.5 => ThreeDigits(value / 1e3) + "k",
            _ => ThreeDigits(value),
        };

    private static string OfMicroseconds(double value) =>
        Math.Abs(value) switch
        {
            0 => "0",
            >= 999.5e3 => $"{ThreeDigits(value / 1e6)}{NoBreak}s",
            >= 999.5 => $"{ThreeDigits(value / 1e3)}{NoBreak}ms",
            < 0.9995 => $"{ThreeDigits(value * 1e3)}{NoBreak}ns",
            _ => $"{ThreeDigits(value)}{NoBreak}µs",
        };

    // All in one unit: on an axis of decades, 10,000 kB would be 9.77 MB.
    private static string OfMemory(double value, string unit) =>
        Math.Abs(value) >= 999.5
            ? $"{value.ToString("N0", CultureInfo.InvariantCulture)}{NoBreak}{unit}"
            : $"{ThreeDigits(value)}{NoBreak}{unit}";

    private static string ThreeDigits(double value)
    {
        double rounded = double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded.ToString("0.############", CultureInfo.InvariantCulture);
    }
}
