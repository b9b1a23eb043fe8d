using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace C10k.Hosting;

/// <summary>
/// A whole number that may depend on the parameters of a model: factors with <c>*</c> between them, each of them a number or the name
/// of a parameter, such as <c>1</c>, <c>threads</c> or <c>workers*threads</c>. In JSON it is a number where it is one, else a text.
/// </summary>
[JsonConverter(typeof(FormulaConverter))]
public sealed record Formula(string Text)
{
    private string[] Factors => Text.Split('*', StringSplitOptions.TrimEntries);

    /// <summary>A number that depends on nothing.</summary>
    public static implicit operator Formula(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A product of numbers and parameters.</summary>
    public static implicit operator Formula(string text) => new(text);

    /// <summary>The number; one that is too great for its type is the greatest there is.</summary>
    /// <param name="values">The value of every parameter of the model.</param>
    /// <param name="cpus">How many CPUs the server has, for values that are the word <c>cpus</c>.</param>
    public int Of(IReadOnlyDictionary<string, string> values, int cpus)
    {
        var product = 1L;
        foreach (var factor in Factors)
        {
            var number = IsNumber(factor, out var constant) ? constant : Parameter.ToNumber(values[factor], cpus);
            product = Math.Min(product * Math.Min(number, int.MaxValue), int.MaxValue);
        }
        return (int)product;
    }

    /// <summary>The first factor that is neither a number nor one of these parameters; null where there is none.</summary>
    public string? UnknownFactor(IReadOnlyList<Parameter> parameters) =>
        Factors.FirstOrDefault(factor =>
            !IsNumber(factor, out _)
            && !parameters.Any(parameter => parameter.Name == factor && parameter.Choices is null)
        );

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

internal sealed class FormulaConverter : JsonConverter<Formula>
{
    public override Formula Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number => reader.GetInt32(),
            JsonTokenType.String => reader.GetString()!,
            _ => throw new JsonException("a number, or a product of numbers and parameters, is expected"),
        };

    public override void Write(Utf8JsonWriter writer, Formula value, JsonSerializerOptions options)
    {
        if (Formula.IsNumber(value.Text, out var number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(value.Text);
    }
}
