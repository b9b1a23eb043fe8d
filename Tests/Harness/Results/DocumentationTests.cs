using System.Text;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Results;

public class DocumentationTests
{
    [Fact]
    public void Every_column_is_explained_in_the_section_of_its_file()
    {
        AssertExplained<SummaryRow>("summary.csv");
        AssertExplained<WindowRow>("windows.csv");
        AssertExplained<SampleRow>("samples.csv");
        AssertExplained<LatencyRow>("latency.csv");
        AssertExplained<ModelRow>("models.csv");
        AssertExplained<WorkloadRow>("workloads.csv");
        AssertExplained<CapacityRow>("capacity.csv");
        AssertExplained<CrossCheckRow>("crosscheck.csv");
        AssertExplained<MachineLatencyRow>("latencies.csv");
    }

    private static void AssertExplained<T>(string file)
    {
        string page = File.ReadAllText(RepositoryRoot.File("docs", "results.md"));
        string section = page.Split("\n## ").Single(s => s.StartsWith($"{file}\n", StringComparison.Ordinal));
        string[] explained =
        [
            .. section
                .Split('\n')
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .SelectMany(line => line.Split('|')[1].Split(','))
                .Select(name => name.Trim(' ', '`')),
        ];
        Assert.Equal(ColumnsOf<T>(), explained);
    }

    private static string[] ColumnsOf<T>()
    {
        var header = new MemoryStream();
        RowExporter.WriteHeader<T>(header);
        return Encoding.UTF8.GetString(header.ToArray()).TrimEnd('\n').Split(',');
    }
}
