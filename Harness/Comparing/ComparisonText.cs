using System.Globalization;
using System.Text;
using C10k.CommandLine;
using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Comparing;

/// <summary>A comparison as a table in Markdown, which reads well in a terminal too and in a pull request, or as CSV.</summary>
internal static class ComparisonText
{
    private static readonly string[] Head =
    [
        "model",
        "workload",
        "clients",
        "A",
        "B",
        "B/A",
        "95 % interval",
        "p",
        "B is",
        "note",
    ];

    public static string ToCsv(RunComparison comparison)
    {
        using var stream = new MemoryStream();
        RowExporter.WriteHeader<ComparedCase>(stream);
        RowExporter.WriteRows(comparison.Cases, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static string ToMarkdown(RunComparison comparison)
    {
        // In a cell of its own a note would be wider than any terminal, and be said of each case anew.
        List<string> notes = [.. comparison.Cases.Select(row => row.Note).OfType<string>().Distinct()];
        string[][] rows =
        [
            Head,
            .. comparison.Cases.Select(row => ToCells(row, notes).Select(Printable.Line).ToArray()),
        ];
        int[] widths = [.. Head.Select((_, column) => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine(Line(row.Select((cell, column) => Pad(cell, widths[column], column))));
            if (row == Head)
                text.AppendLine(Line(widths.Select((width, column) => Rule(width, column))));
        }
        AppendList(text, notes.Select((note, i) => $"{i + 1}. {note}"));
        AppendList(text, comparison.Warnings.Select(warning => $"- {warning}"));
        return text.ToString();
    }

    // Behind an empty line, or else Markdown takes it for a part of what is before it.
    private static void AppendList(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var (i, line) in lines.Index())
            text.AppendLine((i == 0 ? System.Environment.NewLine : "") + Printable.Line(line));
    }

    private static string[] ToCells(ComparedCase row, List<string> notes) =>
        [
            row.Model,
            row.Workload,
            Number(row.Clients, "N0"),
            Number(row.A, row.A >= 1000 ? "N0" : "0.###"),
            Number(row.B, row.B >= 1000 ? "N0" : "0.###"),
            Number(row.Ratio, "0.000"),
            row.RatioCiLow is { } low && row.RatioCiHigh is { } high
                ? $"{Number(low, "0.000")} – {Number(high, "0.000")}"
                : "–",
            Number(row.PValue, "0.000"),
            Word(row.Word),
            row.Note is { } note ? $"{notes.IndexOf(note) + 1}" : "",
        ];

    public static string Word(Difference word) => word.ToString().ToLowerInvariant();

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    // Names to the left, figures to the right.
    private static bool IsText(int column) => column is 0 or 1 or 8 or 9;

    private static string Pad(string cell, int width, int column) =>
        IsText(column) ? cell.PadRight(width) : cell.PadLeft(width);

    private static string Rule(int width, int column) =>
        IsText(column) ? new string('-', width) : new string('-', Math.Max(1, width - 1)) + ":";
}
