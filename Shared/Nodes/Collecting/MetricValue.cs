namespace C10k.Nodes.Collecting;

/// <summary>A figure, or why there is none: a metric that could not be had is never 0.</summary>
/// <param name="MetricId">One of <see cref="MetricIds"/>.</param>
/// <param name="Window">From 0, or <see cref="WholeTrial"/>.</param>
/// <param name="Value">Null when it could not be had.</param>
/// <param name="Unavailable">Why not.</param>
/// <param name="Source">Where it was read, for metrics with more than one source.</param>
internal sealed record MetricValue(string MetricId, int Window, double? Value, string? Unavailable, string? Source)
{
    /// <summary>For figures that belong to no single window.</summary>
    public const int WholeTrial = -1;

    public static MetricValue Of(string metricId, int window, double value, string? source = null) =>
        new(metricId, window, value, null, source);

    public static MetricValue Missing(string metricId, int window, string because) =>
        new(metricId, window, null, because, null);
}
