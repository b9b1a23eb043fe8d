namespace C10k.Harness.Charts;

/// <summary>
/// Writes the SVG, and the PNG with the renderer that is preferred for it. Where that fails, which is said once, the usual one draws this
/// chart and all that follow.
/// </summary>
/// <param name="svg">Writes the SVG.</param>
/// <param name="preferred">Writes the PNG.</param>
/// <param name="usual">Writes the SVG, and the PNG if it can.</param>
/// <param name="tell">Hears of a failure.</param>
internal sealed class PreferredPng(
    IChartRenderer svg,
    IChartRenderer preferred,
    IChartRenderer usual,
    Action<string> tell
) : IChartRenderer
{
    private bool _failed;

    public void Render(Chart chart, string pathWithoutExtension)
    {
        if (!_failed && TryBoth(chart, pathWithoutExtension))
            return;
        usual.Render(chart, pathWithoutExtension);
    }

    // Whatever a library throws: a native part that is missing, a font, a bug. None of it is worth a run's charts.
    private bool TryBoth(Chart chart, string pathWithoutExtension)
    {
        svg.Render(chart, pathWithoutExtension);
        try
        {
            preferred.Render(chart, pathWithoutExtension);
        }
        catch (Exception failure)
        {
            tell($"{preferred.GetType().Name} failed, PNG files come from elsewhere or not at all: {failure.Message}");
            _failed = true;
        }
        return !_failed;
    }
}
