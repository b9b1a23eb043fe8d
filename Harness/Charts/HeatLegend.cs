namespace C10k.Harness.Charts;

/// <summary>What the colours of a heat map mean, and its hatching.</summary>
internal static class HeatLegend
{
    public const double Height = 44;

    private const string Ratio = "ratio";
    private const string Hatched = "not decided: too few rounds, or they vary too much";
    private const double SwatchWidth = 44;
    private const double SwatchHeight = 15;
    private const double Gap = 8;

    public static void Draw(ICanvas canvas, double left, double top)
    {
        canvas.TextAround(left, top + (SwatchHeight / 2), Ratio, Styles.Label);
        double bar = left + TextWidth.Of(Ratio, Styles.Label.Size) + Gap;
        DrawColours(canvas, bar, top);
        double hatched = bar + ((HeatScale.Colours.Count + 1) * SwatchWidth);
        HeatSwatch.Draw(canvas, Swatch(hatched, top), HeatScale.StepOf(1), hatched: true);
        canvas.TextAround(hatched + SwatchWidth + Gap, top + (SwatchHeight / 2), Hatched, Styles.Label);
    }

    private static void DrawColours(ICanvas canvas, double left, double top)
    {
        for (int step = 0; step < HeatScale.Colours.Count; step++)
            HeatSwatch.Draw(canvas, Swatch(left + (step * SwatchWidth), top), step, hatched: false);
        foreach ((int number, double stop) in HeatScale.Stops.Index())
        {
            double x = left + ((number + 1) * SwatchWidth);
            canvas.Text(x, top + SwatchHeight + 14, TickLabel.Of(stop, Unit.Count), Styles.Tick, Anchor.Middle);
        }
    }

    private static Box Swatch(double left, double top) => new(left, top, left + SwatchWidth, top + SwatchHeight);
}
