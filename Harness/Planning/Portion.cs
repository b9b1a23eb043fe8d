using System.Globalization;

namespace C10k.Harness.Planning;

/// <summary>Some of the clients: so many of them, or a share of them.</summary>
internal readonly record struct Portion(double Value, bool IsShare)
{
    /// <summary>How many that are: one at least, all at most.</summary>
    public int Of(int clients) =>
        (int)Math.Clamp(Math.Round(IsShare ? clients * Value : Value, MidpointRounding.AwayFromZero), 1, clients);

    /// <summary>Reads <c>100</c> or <c>0.1%</c>; null for anything else, and for nobody.</summary>
    public static Portion? TryParse(string text)
    {
        var isShare = text.EndsWith('%');
        var digits = isShare ? text[..^1] : text;
        var style = isShare ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        if (!double.TryParse(digits, style, CultureInfo.InvariantCulture, out var value) || value <= 0)
            return null;
        return isShare && value > 100 ? null : new Portion(isShare ? value / 100 : value, isShare);
    }

    /// <summary>As it is read.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsShare ? Value * 100 : Value):0.######}{(IsShare ? "%" : "")}"
        );
}
