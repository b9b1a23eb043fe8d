using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>The table of faults and outcomes in docs/reliability.md, a row a fault.</summary>
internal static class ReliabilityTable
{
    private static readonly string[] Head = ["what happens", "exit code", "rows of the cases", "what is told besides"];

    private static readonly GeneratedSection Section = new("reliability.md", "faults");

    public static IEnumerable<string> Names => MarkdownTable.RowsOf(Section.Text).Select(NameOf);

    public static void Check(string name, FaultOutcome outcome)
    {
        var row = MarkdownTable.Row(name, $"{outcome.ExitCode}", outcome.Rows, outcome.Told);
        Section.Update(table => With(table, name, row));
        Assert.True(MarkdownTable.RowsOf(Section.Text).Contains(row), $"docs/reliability.md has no row: {row}");
    }

    // In the order of the catalogue, without those that are no longer in it.
    private static string With(string table, string name, string row)
    {
        var rows = MarkdownTable.RowsOf(table).ToDictionary(NameOf);
        rows[name] = row;
        var sorted = FaultCatalogue.All.Select(fault => rows.GetValueOrDefault(fault.Name)).OfType<string>();
        return MarkdownTable.Of(Head, []) + string.Concat(sorted.Select(line => $"{line}\n"));
    }

    private static string NameOf(string row) => row.Split(" | ")[0][2..];
}
