using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace C10k.Hosting;

/// <summary>
/// A whole number that may depend on the parameters of a model, on the <c>cpus</c> that it has and on the <c>clients</c> that are
/// connected: a sum of products such as <c>1</c>, <c>workers*threads</c> or <c>1+clients</c>. In JSON it is a number where it is one,
/// else a text.
/// </summary>
[JsonConverter(typeof(FormulaConverter))]
public sealed record Formula(string Text)
{
    private const string Cpus = "cpus";
    private const string Clients = "clients";

    private IEnumerable<string[]> Products =>
        Text.Split('+').Select(product => product.Split('*', StringSplitOptions.TrimEntries));

    /// <summary>A number that depends on nothing.</summary>
    public static implicit operator Formula(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A sum of products of numbers and names.</summary>
    public static implicit operator Formula(string text) => new(text);

    /// <summary>The number; one that is too great for its type is the greatest there is.</summary>
    /// <param name="values">The value of every parameter of the model.</param>
    /// <param name="cpus">How many CPUs the server has.</param>
    /// <param name="clients">How many clients are connected.</param>
    public int Of(IReadOnlyDictionary<string, string> values, int cpus, int clients = 0)
    {
        var sum = 0L;
        foreach (var factors in Products)
        {
            var product = 1L;
            foreach (var factor in factors)
                product = Math.Min(product * Math.Min(ValueOf(factor), int.MaxValue), int.MaxValue);
            sum += product;
        }
        return (int)Math.Min(sum, int.MaxValue);

        long ValueOf(string factor) =>
            factor switch
            {
                Cpus => cpus,
                Clients => clients,
                _ => IsNumber(factor, out var number) ? number : Parameter.ToNumber(values[factor], cpus),
            };
    }

    /// <summary>The first factor that is neither a number, nor one of these parameters, nor one of the two other names; null where there is none.</summary>
    public string? UnknownFactor(IReadOnlyList<Parameter> parameters) =>
        Products
            .SelectMany(factors => factors)
            .FirstOrDefault(factor =>
                factor is not (Cpus or Clients)
                && !IsNumber(factor, out _)
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
            _ => throw new JsonException("a number, or a sum of products of numbers and names, is expected"),
        };

    public override void Write(Utf8JsonWriter writer, Formula value, JsonSerializerOptions options)
    {
        if (Formula.IsNumber(value.Text, out var number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(value.Text);
    }
}
