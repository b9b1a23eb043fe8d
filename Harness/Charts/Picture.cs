namespace C10k.Harness.Charts;

/// <summary>A chart laid out: what every renderer draws, so that their files look alike.</summary>
internal sealed class Picture
{
    private readonly IPlot _plot;
    private readonly Frame _frame;

    public Picture(Chart chart)
    {
        Chart drawable = Drawable.Of(chart);
        _plot = PlotOf(drawable);
        _frame = new Frame(drawable, _plot);
    }

    public double Width => _frame.Width;

    public double Height => _frame.Height;

    public void Draw(ICanvas canvas)
    {
        _frame.Draw(canvas);
        _plot.Draw(canvas, _frame.Body);
    }

    private static IPlot PlotOf(Chart chart) =>
        chart.Heat is { } map ? new HeatPlot(chart, map)
        : PlotValues.HaveOneX(chart) ? new DotPlot(chart)
        : new LinePlot(chart);
}

/// <summary>The middle of a chart, without title and notes.</summary>
internal interface IPlot
{
    double Height { get; }

    /// <summary>What it cannot do without; most take what room there is.</summary>
    double LeastWidth => 0;

    void Draw(ICanvas canvas, Box body);
}
