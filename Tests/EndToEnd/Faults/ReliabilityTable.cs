using C10k.Tests.Harness;
using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>
/// The table of faults and outcomes in docs/reliability.md, a row a fault. With <c>C10K_UPDATE_GOLDEN=1</c> the tests write their rows
/// anew.
/// </summary>
internal static class ReliabilityTable
{
    private const string Begin = "<!-- faults -->";
    private const string End = "<!-- end of faults -->";
    private static readonly Lock Writing = new();

    public static IEnumerable<string> Names => Rows(Text()).Select(NameOf);

    public static void Check(string name, FaultOutcome outcome)
    {
        var row = $"| {name} | {outcome.ExitCode} | {Escape(outcome.Rows)} | {Escape(outcome.Told)} |";
        lock (Writing)
        {
            if (Environment.GetEnvironmentVariable("C10K_UPDATE_GOLDEN") == "1")
                Replace(name, row);
        }
        Assert.True(Rows(Text()).Contains(row), $"docs/reliability.md has no row: {row}");
    }

    private static void Replace(string name, string row)
    {
        var text = Text();
        var kept = Rows(text).Where(line => NameOf(line) != name).Append(row);
        var order = FaultCatalogue.All.Select(fault => fault.Name).ToList();
        var sorted = kept.Where(line => order.Contains(NameOf(line))).OrderBy(line => order.IndexOf(NameOf(line)));
        string[] lines =
        [
            "| what happens | exit code | rows of the cases | what is told besides |",
            "|---|---|---|---|",
            .. sorted,
        ];
        File.WriteAllText(
            Page,
            $"{text[..text.IndexOf(Begin, StringComparison.Ordinal)]}{Begin}\n{string.Join('\n', lines)}\n{text[text.IndexOf(End, StringComparison.Ordinal)..]}"
        );
    }

    private static List<string> Rows(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var lines = text[begin..text.IndexOf(End, StringComparison.Ordinal)].Split('\n');
        return [.. lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
    }

    private static string NameOf(string row) => row.Split(" | ")[0][2..];

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Text() => File.ReadAllText(Page);

    private static string Page => RepositoryRoot.File("docs", "reliability.md");
}
