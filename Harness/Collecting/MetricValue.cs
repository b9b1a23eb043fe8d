namespace C10k.Harness.Collecting;

internal sealed record MetricValue(string MetricId, int Window, double? Value, string? Unavailable, string? Source);
