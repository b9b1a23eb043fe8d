namespace C10k.Harness.Charts;

/// <summary>A cell of a heat map without its text.</summary>
internal static class HeatSwatch
{
    private const double HatchStep = 8;

    private static readonly Stroke _rim = new(Palette.Grid, 1);
    private static readonly Stroke _hatch = new(Palette.Ink, 1, Opacity: 0.3);

    /// <param name="step">The number of its colour; without one it is empty.</param>
    public static void Draw(ICanvas canvas, Box box, int? step, bool hatched)
    {
        canvas.Rectangle(box, step is { } n ? HeatScale.Colours[n] : Palette.Paper, _rim);
        if (hatched)
            canvas.Segments(Hatch(box), _hatch);
    }

    // Line by line: a pattern would need an id, and several pictures may stand in one page.
    private static IEnumerable<((double X, double Y) From, (double X, double Y) To)> Hatch(Box box)
    {
        for (double start = box.Left - box.Height + (HatchStep / 2); start < box.Right; start += HatchStep)
        {
            double from = Math.Max(0, box.Left - start);
            double to = Math.Min(box.Height, box.Right - start);
            yield return ((start + from, box.Top + from), (start + to, box.Top + to));
        }
    }
}
