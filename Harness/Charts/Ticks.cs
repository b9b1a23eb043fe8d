using System.Globalization;

namespace C10k.Harness.Charts;

/// <summary>A value of an axis with a grid line; without a label it belongs to the minor grid.</summary>
internal readonly record struct Tick(double Value, string? Label);

/// <summary>Chooses the round numbers of an axis.</summary>
internal static class Ticks
{
    private const int MostNines = 8;

    // -0.3 / 0.05 is -5.999999999999999, and -0.3 is a tick all the same.
    private const double Tolerance = 1e-9;

    /// <summary>The ticks from low to high, in ascending order, with at most about <paramref name="room"/> labels.</summary>
    public static IReadOnlyList<Tick> Of(Axis axis, double low, double high, int room)
    {
        List<double> minor = Minor(axis.Scale, low, high);
        double[] major =
        [
            .. (axis.Marks ?? Major(axis.Scale, low, high, room)).Where(v => v >= low && v <= high).Distinct().Order(),
        ];
        return
        [
            .. major
                .Select(v => new Tick(v, TickLabel.Of(v, axis.Unit)))
                .Concat(minor.Except(major).Select(v => new Tick(v, null)))
                .OrderBy(t => t.Value),
        ];
    }

    private static List<double> Major(Scale scale, double low, double high, int room) =>
        scale switch
        {
            Scale.Logarithmic => Logarithmic(low, high, room),
            Scale.Percentile => [.. MajorPercentiles()],
            _ => Linear(low, high, room),
        };

    private static List<double> Minor(Scale scale, double low, double high) =>
        scale switch
        {
            Scale.Logarithmic when high / low < 1e7 => Multiples(low, high, [1, 2, 3, 4, 5, 6, 7, 8, 9], 1),
            Scale.Percentile => [.. MinorPercentiles().Where(p => p >= low && p <= high)],
            _ => [],
        };

    // 1-2-5 where there is room, else decades, else every second or third decade. On an axis too short for three of
    // them (between 2,100 and 4,900 there is none) evenly spaced round numbers read better.
    private static List<double> Logarithmic(double low, double high, int room)
    {
        double decades = Math.Log10(high / low);
        List<double> ticks =
            decades * 3 <= room
                ? Multiples(low, high, [1, 2, 5], 1)
                : Multiples(low, high, [1], (int)Math.Ceiling(decades / room));
        return ticks.Count < 3 && decades < 1 ? Linear(low, high, Math.Min(room, 8)) : ticks;
    }

    private static List<double> Multiples(double low, double high, int[] digits, int everyDecade)
    {
        int first = (int)Math.Floor(Math.Log10(low));
        int last = (int)Math.Ceiling(Math.Log10(high));
        return
        [
            .. from exponent in Enumerable.Range(first, last - first + 1)
            where exponent % everyDecade == 0
            from digit in digits
            let value = Exactly(digit, exponent)
            where value >= low && value <= high
            select value,
        ];
    }

    private static List<double> Linear(double low, double high, int room)
    {
        double step = RoundUp((high - low) / room);
        var ticks = new List<double>();
        for (double n = Math.Ceiling((low / step) - Tolerance); n * step <= high + (Tolerance * step); n++)
        {
            ticks.Add(Clean(n * step));
        }

        return ticks;
    }

    private static double RoundUp(double step)
    {
        int exponent = (int)Math.Floor(Math.Log10(step));
        int[] digits = [1, 2, 5, 10];
        return digits.Select(d => Exactly(d, exponent)).First(candidate => candidate >= step * (1 - Tolerance));
    }

    // 50, then a nine more each time: 90, 99, 99.9, …
    private static IEnumerable<double> MajorPercentiles() =>
        [50, .. Enumerable.Range(0, MostNines).Select(n => Nines(n, 90))];

    // The tens of the first decade, and the same again in what each decade leaves over.
    private static IEnumerable<double> MinorPercentiles() =>
        Enumerable.Range(0, MostNines).SelectMany(n => Enumerable.Range(0, 9).Select(tens => Nines(n, 10 * tens)));

    private static double Nines(int nines, int percentile) => Clean(100 - ((100 - percentile) / Exactly(1, nines)));

    // By way of text: 3 × 10^-4 as a product is 0.00030000000000000003.
    private static double Exactly(int digit, int exponent) =>
        double.Parse($"{digit}e{exponent}", CultureInfo.InvariantCulture);

    // The sum turns -0 into 0.
    private static double Clean(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0;
}
