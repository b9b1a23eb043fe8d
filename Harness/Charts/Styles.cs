namespace C10k.Harness.Charts;

/// <summary>What looks the same in every plot.</summary>
internal static class Styles
{
    public const double MarkerRadius = 4;

    public static readonly TextStyle Label = new(12, Palette.Ink);
    public static readonly TextStyle Value = new(12, Palette.Muted);
    public static readonly TextStyle Tick = new(12, Palette.Muted);
    public static readonly TextStyle AxisTitle = new(12.5, Palette.Ink);
    public static readonly TextStyle Empty = new(14, Palette.Muted);
    public static readonly Stroke Axis = new(Palette.AxisLine, 1);
    public static readonly Stroke Grid = new(Palette.Grid, 1);
    public static readonly Stroke MinorGrid = new(Palette.MinorGrid, 1);
}
