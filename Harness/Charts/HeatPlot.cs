namespace C10k.Harness.Charts;

/// <summary>A heat map: a row for each model, a column for each workload, and in every cell its ratio.</summary>
internal sealed class HeatPlot : IPlot
{
    private const double RowHeight = 22;
    private const double TitleRoom = 22;
    private const double Gap = 8;
    private const double LeastColumn = 44;
    private const double MostColumn = 120;
    private const double MostText = 240;

    // As on the page: the usual ink is too pale for the darkest red.
    private static readonly TextStyle _figure = new(Styles.Label.Size, "#111111");

    private readonly Chart _chart;
    private readonly HeatMap _map;
    private readonly string[] _models;
    private readonly string[] _workloads;
    private readonly double _left;
    private readonly double _column;
    private readonly bool _upright;

    public HeatPlot(Chart chart, HeatMap map)
    {
        (_chart, _map) = (chart, map);
        _models = [.. map.Rows.Select(row => Cut(row.Model, MostText))];
        _workloads = [.. map.Workloads.Select(workload => Cut(workload, MostText))];
        _left = Widest(_models.Append(chart.Y.Title)) + Gap;
        _column = ColumnWidth();
        _upright = Widest(_workloads) + Gap > _column;
    }

    public double Height => HeadRoom + (_models.Length * RowHeight);

    // Where figures would not fit into their cells, the picture is wider than others.
    public double LeastWidth => _left + (_workloads.Length * _column);

    private double HeadRoom =>
        HeatLegend.Height + TitleRoom + (_upright ? Widest(_workloads) : Styles.Label.Size) + Gap;

    public void Draw(ICanvas canvas, Box body)
    {
        HeatLegend.Draw(canvas, body.Left, body.Top);
        var table = new Box(body.Left + _left, body.Top + HeadRoom, body.Left + LeastWidth, body.Bottom);
        canvas.Text(table.Left, body.Top + HeatLegend.Height + 12, _chart.X.Title, Styles.AxisTitle);
        canvas.Text(table.Left - Gap, table.Top - Gap, _chart.Y.Title, Styles.AxisTitle, Anchor.End);
        DrawHeadings(canvas, table);
        for (int row = 0; row < _models.Length; row++)
            DrawRow(canvas, table, row);
    }

    private void DrawHeadings(ICanvas canvas, Box table)
    {
        foreach ((int number, string workload) in _workloads.Index())
        {
            double x = table.Left + ((number + 0.5) * _column);
            if (_upright)
                canvas.TextUpwards(x, table.Top - Gap, workload, Styles.Label);
            else
                canvas.Text(x, table.Top - Gap, workload, Styles.Label, Anchor.Middle);
        }
    }

    private void DrawRow(ICanvas canvas, Box table, int row)
    {
        double top = table.Top + (row * RowHeight);
        double middle = top + (RowHeight / 2);
        canvas.TextAround(table.Left - Gap, middle, _models[row], Styles.Label, Anchor.End);
        foreach ((int number, HeatCell cell) in _map.Rows[row].Cells.Index())
        {
            double left = table.Left + (number * _column);
            HeatSwatch.Draw(canvas, new Box(left, top, left + _column, top + RowHeight), cell.Step, cell.Undecided);
            canvas.TextAround(left + (_column / 2), middle, CellText(cell), _figure, Anchor.Middle);
        }
    }

    private double ColumnWidth()
    {
        double widest = Widest(_map.Rows.SelectMany(row => row.Cells).Select(cell => cell.Text)) + Gap;
        double least = Math.Clamp(widest, LeastColumn, MostColumn);
        return Math.Clamp((Frame.UsualBodyWidth - _left) / _workloads.Length, least, MostColumn);
    }

    private string CellText(HeatCell cell) => Cut(cell.Text, _column - (Gap / 2));

    private static string Cut(string text, double width) => TextWidth.Cut(text, Styles.Label.Size, width);

    private static double Widest(IEnumerable<string> texts) => texts.Max(text => TextWidth.Of(text, Styles.Label.Size));
}
