using System.Buffers;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace C10k.Harness.Results;

/// <summary>
/// Rows in, stream out: RFC 4180 in UTF-8 without a byte order mark. Lines end in LF, so that awk, cut and git see no
/// stray carriage return.
/// </summary>
internal static class RowExporter
{
    private static readonly SearchValues<char> _special = SearchValues.Create(",\"\r\n");

    private static readonly CsvConfiguration _configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\n",
        ShouldQuote = quoting => NeedsQuotes(quoting.Field),
    };

    /// <summary>Writes the names of the columns of <typeparamref name="T"/>.</summary>
    public static void WriteHeader<T>(Stream stream) =>
        Write<T>(
            stream,
            csv =>
            {
                csv.WriteHeader<T>();
                csv.NextRecord();
            }
        );

    /// <summary>Writes the rows, without the names of the columns.</summary>
    public static void WriteRows<T>(IEnumerable<T> rows, Stream stream) =>
        Write<T>(
            stream,
            csv =>
            {
                foreach (T row in rows)
                {
                    csv.WriteRecord(row);
                    csv.NextRecord();
                }
            }
        );

    private static void Write<T>(Stream stream, Action<CsvWriter> write)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        using var csv = new CsvWriter(text, _configuration);
        csv.Context.RegisterClassMap<RowMap<T>>();
        write(csv);
    }

    // CsvHelper's own rule overlooks a lone carriage return when the line end is LF.
    private static bool NeedsQuotes(string? field) =>
        !string.IsNullOrEmpty(field) && (field.AsSpan().ContainsAny(_special) || field[0] == ' ' || field[^1] == ' ');
}
