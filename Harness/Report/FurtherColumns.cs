using System.Globalization;
using C10k.Harness.Results;
using CsvHelper;

namespace C10k.Harness.Report;

/// <summary>
/// The cells of <c>summary.csv</c> by the names of their columns: what this version computes and an older one did not is absent, and no
/// reason to refuse the file.
/// </summary>
internal sealed class FurtherColumns
{
    private readonly Dictionary<(string, string, int), Dictionary<string, string>> _rows = [];

    private FurtherColumns() { }

    public static FurtherColumns Read(string path)
    {
        var columns = new FurtherColumns();
        if (!File.Exists(path))
            return columns;
        var content = File.ReadAllBytes(path);
        var whole = new MemoryStream(content, 0, CsvFile.CompleteLength(content));
        using var csv = new CsvReader(new StreamReader(whole), CultureInfo.InvariantCulture);
        if (!csv.Read() || !csv.ReadHeader())
            return columns;
        while (csv.Read())
            columns.Add(csv.HeaderRecord!.Distinct().ToDictionary(name => name, name => csv.GetField(name) ?? ""));
        return columns;
    }

    /// <summary>The text of a cell, or null where there is no such column or nothing in it.</summary>
    public string? Text(SummaryRow row, string column) =>
        _rows.GetValueOrDefault((row.Model, row.Workload, row.Clients))?.GetValueOrDefault(column)
            is { Length: > 0 } text
            ? text
            : null;

    /// <summary>The number in a cell, or null where there is none.</summary>
    public double? Number(SummaryRow row, string column) =>
        double.TryParse(Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    // Of two rows of one case the later counts.
    private void Add(Dictionary<string, string> cells) =>
        _rows[(cells["model"], cells["workload"], int.Parse(cells["clients"], CultureInfo.InvariantCulture))] = cells;
}
