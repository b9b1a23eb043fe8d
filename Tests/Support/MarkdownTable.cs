namespace C10k.Tests.Support;

/// <summary>A table as Markdown has it.</summary>
internal static class MarkdownTable
{
    /// <summary>With a line end behind each line.</summary>
    public static string Of(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[] lines = [Row(head), $"|{string.Concat(head.Select(_ => "---|"))}", .. rows.Select(Row)];
        return string.Concat(lines.Select(line => $"{line}\n"));
    }

    /// <summary>One line, whatever its cells hold.</summary>
    public static string Row(params IReadOnlyList<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";

    /// <summary>The lines below the head.</summary>
    public static IReadOnlyList<string> RowsOf(string table) =>
        [.. table.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
}
