namespace C10k.Harness.Charts;

/// <summary>The lower axis with its vertical grid lines.</summary>
internal static class XAxisPainter
{
    private const double LabelGap = 8;

    public static void Draw(ICanvas canvas, Box plot, AxisScale scale, Axis axis)
    {
        foreach (Tick tick in scale.Ticks.OrderBy(t => t.Label is not null))
        {
            double x = scale.At(tick.Value);
            canvas.Line(x, plot.Top, x, plot.Bottom, tick.Label is null ? Styles.MinorGrid : Styles.Grid);
        }

        canvas.Line(plot.Left, plot.Bottom, plot.Right, plot.Bottom, Styles.Axis);
        DrawLabels(canvas, plot, scale);
        canvas.Text((plot.Left + plot.Right) / 2, plot.Bottom + 40, axis.Title, Styles.AxisTitle, Anchor.Middle);
    }

    // A label that would touch the one before it is left out; its tick stays.
    private static void DrawLabels(ICanvas canvas, Box plot, AxisScale scale)
    {
        double free = double.NegativeInfinity;
        foreach (Tick tick in scale.Ticks.Where(t => t.Label is not null))
        {
            double x = scale.At(tick.Value);
            double half = TextWidth.Of(tick.Label!, Styles.Tick.Size) / 2;
            canvas.Line(x, plot.Bottom, x, plot.Bottom + 4, Styles.Axis);
            if (x - half >= free)
            {
                canvas.Text(x, plot.Bottom + 18, tick.Label!, Styles.Tick, Anchor.Middle);
                free = x + half + LabelGap;
            }
        }
    }
}

/// <summary>The left axis with its horizontal grid lines; its title stands level above it.</summary>
internal static class YAxisPainter
{
    private const double Gap = 8;

    public static double LabelWidth(AxisScale scale) =>
        Gap + scale.Ticks.Max(t => TextWidth.Of(t.Label ?? "", Styles.Tick.Size));

    public static void Draw(ICanvas canvas, Box plot, AxisScale scale, Axis axis, double titleLeft)
    {
        foreach (Tick tick in scale.Ticks.OrderBy(t => t.Label is not null))
        {
            double y = scale.At(tick.Value);
            canvas.Line(plot.Left, y, plot.Right, y, tick.Label is null ? Styles.MinorGrid : Styles.Grid);
            if (tick.Label is not null)
            {
                canvas.TextAround(plot.Left - Gap, y, tick.Label, Styles.Tick, Anchor.End);
            }
        }

        canvas.Text(titleLeft, plot.Top - 12, axis.Title, Styles.AxisTitle);
    }
}
