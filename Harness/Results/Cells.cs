using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.TypeConversion;

namespace C10k.Harness.Results;

/// <summary>How a value stands in a cell.</summary>
internal abstract class Cell : DefaultTypeConverter
{
    /// <summary>Its text; nothing for null.</summary>
    public abstract string TextOf(object? value);

    public override string ConvertToString(object? value, IWriterRow row, MemberMapData memberMapData) => TextOf(value);
}

/// <summary>
/// How a value of a type stands in a cell. Null is an empty cell in both directions; an empty cell where a value must be, or text
/// that is no such value, is a <see cref="TypeConverterException"/>.
/// </summary>
internal abstract class Cell<T>(bool optional) : Cell
{
    public override string TextOf(object? value) => value is T present ? Format(present) : "";

    public override object? ConvertFromString(string? text, IReaderRow row, MemberMapData memberMapData)
    {
        if (string.IsNullOrEmpty(text) && optional)
        {
            return null;
        }

        return TryParse(text ?? "", out T? value) ? value : base.ConvertFromString(text, row, memberMapData);
    }

    protected abstract string Format(T value);

    protected abstract bool TryParse(string text, out T? value);
}

/// <summary>Text as it is.</summary>
internal sealed class TextCell(bool optional) : Cell<string>(optional)
{
    protected override string Format(string value) => value;

    protected override bool TryParse(string text, out string? value)
    {
        value = text;
        return text.Length > 0;
    }
}

/// <summary>
/// A number rounded for reading: to <paramref name="decimals"/>, but a number below 1 keeps three significant digits,
/// so that 0.00012 does not turn into 0. What is not finite is not a figure, and leaves the cell empty.
/// </summary>
internal sealed class DoubleCell(bool optional, int decimals) : Cell<double>(optional)
{
    private const int SignificantDigits = 3;
    private const int MostDecimals = 15;

    protected override string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return "";
        }

        // "F" and not "0.###": the latter stops at 15 significant digits and turns the rest into zeros.
        string fixedPoint = value.ToString($"F{DecimalsFor(value)}", CultureInfo.InvariantCulture);
        string text = fixedPoint.Contains('.', StringComparison.Ordinal)
            ? fixedPoint.TrimEnd('0').TrimEnd('.')
            : fixedPoint;
        return text == "-0" ? "0" : text;
    }

    protected override bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private int DecimalsFor(double value)
    {
        double magnitude = Math.Abs(value);
        if (magnitude is 0 or >= 1)
        {
            return decimals;
        }

        int needed = SignificantDigits - 1 - (int)Math.Floor(Math.Log10(magnitude));
        return Math.Clamp(needed, decimals, MostDecimals);
    }
}

/// <summary>A whole number, <see cref="int"/> or <see cref="long"/>.</summary>
internal sealed class IntegerCell(bool optional, Type type) : Cell<IConvertible>(optional)
{
    protected override string Format(IConvertible value) => value.ToString(CultureInfo.InvariantCulture);

    protected override bool TryParse(string text, out IConvertible? value)
    {
        bool isLong = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
        bool fits = type == typeof(long) || number is >= int.MinValue and <= int.MaxValue;
        value = isLong && fits ? (IConvertible)Convert.ChangeType(number, type, CultureInfo.InvariantCulture) : null;
        return value is not null;
    }
}

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class TruthCell() : Cell<bool>(optional: false)
{
    protected override string Format(bool value) => value ? "true" : "false";

    protected override bool TryParse(string text, out bool value)
    {
        value = text == "true";
        return value || text == "false";
    }
}

/// <summary>A word of an enumeration, in kebab-case.</summary>
internal sealed class EnumCell(bool optional, Type type) : Cell<Enum>(optional)
{
    private readonly Dictionary<string, Enum> _words = Enum.GetValues(type)
        .Cast<Enum>()
        .ToDictionary(Word, StringComparer.Ordinal);

    protected override string Format(Enum value) => Word(value);

    protected override bool TryParse(string text, out Enum? value) => _words.TryGetValue(text, out value);

    private static string Word(Enum value) => SnakeCase.Of(value.ToString(), '-');
}

/// <summary>A moment as ISO 8601 in UTC, to the millisecond.</summary>
internal sealed class UtcCell() : Cell<DateTimeOffset>(optional: false)
{
    private const string Iso8601 = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    protected override string Format(DateTimeOffset value) =>
        value.UtcDateTime.ToString(Iso8601, CultureInfo.InvariantCulture);

    protected override bool TryParse(string text, out DateTimeOffset value) =>
        DateTimeOffset.TryParseExact(
            text,
            Iso8601,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out value
        );
}
