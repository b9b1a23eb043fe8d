namespace C10k.Harness.Charts;

/// <summary>Where a value lies between two pixels.</summary>
internal sealed class AxisScale
{
    // No figure is so large or so small; what damaged files hold must not make an end of the axis infinite, for no tick fits there.
    private const double Largest = 1e100;

    private readonly Scale _scale;
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;

    /// <summary>Lays the values of an axis, with a margin, between two pixels; <paramref name="to"/> may be the lesser.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">What must find a place on it.</param>
    /// <param name="from">The pixel of the low end.</param>
    /// <param name="to">The pixel of the high end.</param>
    /// <param name="room">How many pixels a label needs.</param>
    public AxisScale(Axis axis, IEnumerable<double> values, double from, double to, double room)
    {
        _scale = axis.Scale;
        (_from, _to) = (from, to);
        (_low, _high) = Range(axis.Scale, [.. values.Select(v => Transform(v, axis.Scale))]);
        int labels = (int)Math.Max(4, Math.Abs(to - from) / room);
        Ticks = Charts.Ticks.Of(axis, Inverse(_low, axis.Scale), Inverse(_high, axis.Scale), labels);
    }

    public IReadOnlyList<Tick> Ticks { get; }

    public double At(double value) => _from + ((Transform(value, _scale) - _low) / (_high - _low) * (_to - _from));

    /// <summary>As <see cref="At"/>, but what lies beyond an end is drawn at the end.</summary>
    public double AtClamped(double value) => Math.Clamp(At(value), Math.Min(_from, _to), Math.Max(_from, _to));

    private static (double Low, double High) Range(Scale scale, double[] values)
    {
        double low = values.DefaultIfEmpty(0).Min();
        double high = values.DefaultIfEmpty(0).Max();
        if (scale == Scale.Linear)
        {
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        }

        // Figures that are nearly alike must look alike: an axis is never shorter than this.
        double missing = Shortest(scale) - (high - low);
        (low, high) = missing > 0 ? (low - (missing / 2), high + (missing / 2)) : (low, high);
        double margin = (high - low) * 0.05;
        return (low == 0 && scale != Scale.Logarithmic ? 0 : low - margin, high + margin);
    }

    private static double Shortest(Scale scale) =>
        scale switch
        {
            Scale.Logarithmic => 0.5,
            Scale.Percentile => 1,
            _ => 1e-9,
        };

    private static double Transform(double value, Scale scale) =>
        scale switch
        {
            Scale.Logarithmic => value > 0
                ? Math.Log10(Math.Clamp(value, 1 / Largest, Largest))
                : double.NegativeInfinity,
            Scale.Percentile => -Math.Log10(1 - (value / 100)),
            _ => Math.Clamp(value, -Largest, Largest),
        };

    private static double Inverse(double position, Scale scale) =>
        scale switch
        {
            Scale.Logarithmic => Math.Pow(10, position),
            Scale.Percentile => 100 * (1 - Math.Pow(10, -position)),
            _ => position,
        };
}
