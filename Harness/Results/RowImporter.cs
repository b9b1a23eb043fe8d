using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.TypeConversion;

namespace C10k.Harness.Results;

/// <summary>Stream in, rows out. Columns are found by name: others beside them, and another order, do no harm.</summary>
internal static class RowImporter
{
    private static readonly CsvConfiguration _configuration = new(CultureInfo.InvariantCulture)
    {
        DetectColumnCountChanges = true,
    };

    /// <summary>Reads all rows; <paramref name="name"/> is what an error calls the stream.</summary>
    /// <exception cref="CsvFormatException">A column is missing, or a line is malformed.</exception>
    public static IReadOnlyList<T> Read<T>(Stream stream, string name)
    {
        using var text = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        using var csv = new CsvReader(text, _configuration, leaveOpen: true);
        csv.Context.RegisterClassMap<RowMap<T>>();
        try
        {
            return csv.GetRecords<T>().ToList();
        }
        catch (CsvHelperException error)
        {
            throw new CsvFormatException($"{name}: {Explain(error, csv)}", error);
        }
    }

    private static string Explain(CsvHelperException error, CsvReader csv) =>
        error switch
        {
            HeaderValidationException when csv.HeaderRecord is [var all] && all.Contains(';') =>
                "line 1: has semicolons where commas belong, as a spreadsheet saves it in some languages: use the file as the run wrote it",
            HeaderValidationException missing => $"line 1: column {Names(missing)} is missing",
            TypeConverterException bad =>
                $"line {csv.Parser.RawRow}, column {bad.MemberMapData.Names[0]}: '{bad.Text}' is not {Expected(bad)}",
            _ => $"line {csv.Parser.RawRow}, {WhatIsWrong(csv)}",
        };

    private static string Names(HeaderValidationException missing) =>
        string.Join(", ", missing.InvalidHeaders.SelectMany(h => h.Names));

    private static string Expected(TypeConverterException bad)
    {
        Type type = bad.MemberMapData.Member!.MemberType();
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type).Select(n => SnakeCase.Of(n, '-')))}",
            _ when type == typeof(string) => "a name",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(DateTimeOffset) => "a UTC time such as 2026-01-31T12:00:00.000Z",
            _ => "a whole number",
        };
    }

    private static string WhatIsWrong(CsvReader csv)
    {
        string[] header = csv.HeaderRecord ?? [];
        int columns = csv.Parser.Count;
        return columns switch
        {
            _ when header.Length == 0 => "column 1: quotes in the wrong place",
            _ when columns < header.Length => $"column {header[columns]}: the line ends before it",
            _ when columns > header.Length => $"column {header.Length + 1}: the header has {header.Length} only",
            _ => $"column {header[Math.Clamp(csv.CurrentIndex, 0, header.Length - 1)]}: quotes in the wrong place",
        };
    }
}
