using C10k.Harness.Judging;

namespace C10k.Harness.Comparing;

/// <summary>A row of a comparison: one case in two runs. The column names are the property names in snake_case, in this order.</summary>
internal sealed record ComparedCase
{
    public required string Model { get; init; }
    public required string Workload { get; init; }
    public required int Clients { get; init; }
    public required string Yardstick { get; init; }
    public required string Unit { get; init; }

    /// <summary>The median of the rounds of the first run.</summary>
    public required double A { get; init; }
    public required double B { get; init; }
    public required int RoundsA { get; init; }
    public required int RoundsB { get; init; }

    /// <summary>B's figure for each 1 of A's.</summary>
    public required double Ratio { get; init; }
    public double? RatioCiLow { get; init; }
    public double? RatioCiHigh { get; init; }
    public required double PValue { get; init; }

    /// <summary>What B is.</summary>
    public required Difference Word { get; init; }

    /// <summary>What must be known of the figures before they are believed.</summary>
    public string? Note { get; init; }

    /// <summary>The model by whose figures in the same rounds those behind <see cref="Ratio"/> were divided; null where they are as measured.</summary>
    public string? RelativeTo { get; init; }
}
