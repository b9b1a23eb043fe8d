using C10k.Harness.Charts;

namespace C10k.Tests.Harness.Charts;

/// <summary>Small charts for tests.</summary>
internal static class ExampleCharts
{
    public static readonly Axis Clients = new("clients", Unit.Count, Scale.Logarithmic, [100, 1_000, 10_000]);
    public static readonly Axis Rps = new("requests per second", Unit.Count, Scale.Logarithmic);

    public static Chart Of(params Series[] series) =>
        new()
        {
            Id = "example",
            Title = "Example",
            X = Clients,
            Y = Rps,
            Series = series,
            Notes = ["measured nowhere"],
        };

    /// <summary>A series at 100, 1,000, 10,000 clients.</summary>
    public static Series Line(string id, params double?[] ys) =>
        new(id, id, "readiness", [.. ys.Select((y, i) => new ChartPoint(100 * Math.Pow(10, i), y))]);
}
