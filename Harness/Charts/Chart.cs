namespace C10k.Harness.Charts;

/// <summary>A picture as data: what to draw, and nothing of how.</summary>
internal sealed record Chart
{
    /// <summary>The file name without extension, unique in a run: <c>echo-throughput</c>.</summary>
    public required string Id { get; init; }
    public required string Title { get; init; }

    /// <summary>What the reader must know to read the title right, such as the workload.</summary>
    public string Subtitle { get; init; } = "";
    public Better Better { get; init; }
    public required Axis X { get; init; }
    public required Axis Y { get; init; }
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Cells to draw in place of the series.</summary>
    public HeatMap? Heat { get; init; }

    /// <summary>Whether there is nothing to draw.</summary>
    public bool IsEmpty => Series.Count == 0 && Heat is null;

    /// <summary>Lines below the picture; the last one says where it was measured.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>An axis. Without <paramref name="Marks"/> the renderer chooses the values that get a label.</summary>
internal sealed record Axis(string Title, Unit Unit, Scale Scale, IReadOnlyList<double>? Marks = null);

/// <summary>What the numbers on an axis are, so that labels can say 10k, 250 µs or 99.9 %.</summary>
internal enum Unit
{
    Count,
    Microseconds,
    Percent,
    Kilobytes,
    Megabytes,

    /// <summary>No number: the axis has one place only.</summary>
    Nothing,
}

/// <summary>Which end of the y axis one would like to be at.</summary>
internal enum Better
{
    Unstated,
    Higher,
    Lower,
}

internal enum Scale
{
    Linear,
    Logarithmic,

    /// <summary>For percentiles p from 0 to below 100: log of 1/(1-p), which gives every further nine the same room.</summary>
    Percentile,
}

/// <summary>What was measured of one model. Its look follows from <paramref name="Id"/> and <paramref name="Family"/>.</summary>
/// <param name="Id">The model's id; empty for what is no model.</param>
/// <param name="Name">What the reader sees.</param>
/// <param name="Family">The model's family.</param>
/// <param name="Points">In ascending order of x.</param>
internal sealed record Series(string Id, string Name, string Family, IReadOnlyList<ChartPoint> Points);

/// <summary>A point; without <paramref name="Y"/> it is a gap in the line.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">How much.</param>
/// <param name="Low">The lower end of the interval around y, if there is one.</param>
/// <param name="High">The upper end.</param>
/// <param name="Partial">The figure does not hold for all clients, and its marker is hollow.</param>
internal readonly record struct ChartPoint(
    double X,
    double? Y,
    double? Low = null,
    double? High = null,
    bool Partial = false
);

/// <summary>Makes a file of a chart.</summary>
internal interface IChartRenderer
{
    /// <summary>Writes the chart to the path; the renderer adds the extension of its format.</summary>
    void Render(Chart chart, string pathWithoutExtension);
}
