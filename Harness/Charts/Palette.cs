namespace C10k.Harness.Charts;

/// <summary>The colours of the charts: those of Okabe and Ito, which people with any colour vision can tell apart.</summary>
internal static class Palette
{
    public const string Ink = "#222222";
    public const string Muted = "#5f5f5f";
    public const string AxisLine = "#8a8a8a";
    public const string Grid = "#dedede";
    public const string MinorGrid = "#f0f0f0";
    public const string Paper = "#ffffff";

    private const string Black = "#000000";
    private const string Orange = "#e69f00";
    private const string SkyBlue = "#56b4e9";
    private const string Green = "#009e73";
    private const string Blue = "#0072b2";
    private const string Vermillion = "#d55e00";
    private const string Purple = "#cc79a7";
    private const string Grey = "#8c8c8c";
    private const string Wine = "#882255"; // Not of the eight, but from Paul Tol's set of the same purpose.

    // Yellow of the original eight is left out: as a thin line on white it cannot be seen.
    private static readonly string[] _all = [Blue, Vermillion, Green, Purple, Orange, SkyBlue, Black, Grey];

    private static readonly Dictionary<string, string> _families = new(StringComparer.OrdinalIgnoreCase)
    {
        ["iterative"] = Grey,
        ["readiness"] = Blue,
        ["completion"] = Green,
        ["libraries"] = Wine,
        ["threads"] = Vermillion,
        ["processes"] = Orange,
        ["loops"] = SkyBlue,
        ["runtime"] = Purple,
        ["external"] = Black,
    };

    /// <summary>The colour of a family: always the same, also for a family nobody entered above.</summary>
    public static string Of(string family) =>
        family.Length == 0 ? Blue
        : _families.TryGetValue(family, out string? colour) ? colour
        : _all[StableHash.Of(family) % _all.Length];

    /// <summary>The same on a dark page, where the darkest of them could not be seen.</summary>
    public static string OnDark(string family) =>
        Of(family) switch
        {
            Black => "#f2f2f2",
            Blue => "#3b9bdc",
            Wine => "#d0679d",
            var colour => colour,
        };
}
