using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>What stands around a plot: title and subtitle, the colours of the families, and the notes.</summary>
internal sealed class Frame
{
    /// <summary>What a plot has in width, unless it needs more.</summary>
    public const double UsualBodyWidth = 904;

    private const double Margin = 28;
    private const double LegendRow = 20;
    private const double NoteRow = 15.5;

    private static readonly TextStyle _title = new(20, Palette.Ink, Bold: true);
    private static readonly TextStyle _subtitle = new(13, Palette.Muted);
    private static readonly TextStyle _legend = new(12, Palette.Ink);
    private static readonly TextStyle _note = new(11, Palette.Muted);

    private readonly Chart _chart;
    private readonly List<List<string>> _legendRows;
    private readonly IReadOnlyList<string> _subtitleLines;
    private readonly IReadOnlyList<string> _noteLines;

    public Frame(Chart chart, IPlot plot)
    {
        _chart = chart;
        double bodyWidth = Math.Max(UsualBodyWidth, plot.LeastWidth);
        Width = bodyWidth + (2 * Margin);
        _subtitleLines = TextWidth.Wrap(Subtitle(chart), _subtitle.Size, bodyWidth);
        _noteLines = [.. chart.Notes.SelectMany(n => TextWidth.Wrap(n, _note.Size, bodyWidth))];
        _legendRows = RowsOf(FamiliesOf(chart));
        double top = LegendTop + (_legendRows.Count * LegendRow) + 10;
        Body = new Box(Margin, top, Width - Margin, top + plot.Height);
        Height = Body.Bottom + 22 + (_noteLines.Count * NoteRow);
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Where the plot goes.</summary>
    public Box Body { get; }

    private double LegendTop => 46 + (_subtitleLines.Count * 18);

    public void Draw(ICanvas canvas)
    {
        canvas.Text(Margin, 38, TextWidth.Cut(_chart.Title, _title.Size * 1.12, Body.Width), _title);
        for (int n = 0; n < _subtitleLines.Count; n++)
        {
            canvas.Text(Margin, 59 + (n * 18), _subtitleLines[n], _subtitle);
        }

        for (int n = 0; n < _legendRows.Count; n++)
        {
            DrawLegend(canvas, LegendTop + (LegendRow * (n + 0.5)) + 4, _legendRows[n]);
        }

        for (int n = 0; n < _noteLines.Count; n++)
        {
            canvas.Text(Margin, Body.Bottom + 20 + (n * NoteRow), _noteLines[n], _note);
        }
    }

    /// <summary>What the reader must know, and which end of the axis is the better one.</summary>
    private static string Subtitle(Chart chart) =>
        chart.Better == Better.Unstated
            ? chart.Subtitle
            : $"{chart.Subtitle}; {SnakeCase.Of($"{chart.Better}")} is better";

    // The labels at the lines name the models; only what the colours mean is left to say.
    private static List<string> FamiliesOf(Chart chart)
    {
        List<string> families =
        [
            .. chart.Series.Where(s => s.Points.Any(p => p.Y is not null)).Select(s => s.Family).Distinct(),
        ];
        return families.Count > 1 ? families : [];
    }

    private List<List<string>> RowsOf(List<string> families)
    {
        var rows = new List<List<string>>();
        double x = double.PositiveInfinity;
        foreach (string family in families)
        {
            if (x + LegendWidth(family) > Width - Margin)
            {
                rows.Add([]);
                x = Margin;
            }

            rows[^1].Add(family);
            x += LegendWidth(family);
        }

        return rows;
    }

    private static double LegendWidth(string family) => 20 + TextWidth.Of(LegendText(family), _legend.Size) + 16;

    private static string LegendText(string family) => TextWidth.Cut(family, _legend.Size, 240);

    private static void DrawLegend(ICanvas canvas, double y, IEnumerable<string> families)
    {
        double x = Margin;
        foreach (string family in families)
        {
            canvas.Line(x, y, x + 14, y, new Stroke(Palette.Of(family), 4));
            canvas.TextAround(x + 20, y, LegendText(family), _legend);
            x += LegendWidth(family);
        }
    }
}
