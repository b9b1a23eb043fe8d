using C10k.Harness.Results;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd.Foreign;

/// <summary>The servers in other languages that need nothing but their language run beside a model of the bench.</summary>
[Trait("Category", "long")]
public sealed class ShippedServersTests
{
    private static readonly string[] Servers =
    [
        "node-net",
        "python-asyncio",
        "python-blocking",
        "python-forking",
        "python-generators",
        "python-selectors",
        "python-threads",
    ];

    [Fact]
    public async Task They_have_figures_and_stand_in_the_charts()
    {
        await using var harness = new HarnessRun();
        var models = string.Join(',', Servers.Append("epoll-level"));
        var finished = await harness.RunUndisturbed("--profile", "smoke", "--clients", "50", "--models", models);
        harness.Succeeded(finished);
        var skipped = harness.Summary.Where(row => row.Status == CaseStatus.Skipped).Select(row => row.Model).ToList();
        Assert.DoesNotContain("epoll-level", skipped);
        foreach (var row in harness.Summary.Where(row => row.Status != CaseStatus.Skipped))
        {
            Assert.Equal((CaseStatus.Ok, 0), (row.Status, row.Errors));
            Assert.Equal(row.Model == "python-blocking" ? 1 : 50, row.ClientsServed);
        }
        var chart = await File.ReadAllTextAsync(Path.Combine(harness.Latest.Charts, "echo-throughput.svg"));
        Assert.All(Servers.Except(skipped), server => Assert.Contains(server, chart, StringComparison.Ordinal));
        Assert.DoesNotContain(ProcessTree.CommandLines(), words => words.Contains("server.py") && IsOf(words, harness));
        Assert.SkipWhen(skipped.Count > 0, $"not installed: what {string.Join(", ", skipped)} need");
    }

    // The ports of other runs at the same time are not ours to judge.
    private static bool IsOf(string[] words, HarnessRun harness) =>
        File.ReadAllText(harness.Latest.Log)
            .Contains(string.Join(' ', words.TakeLast(3)).Trim(), StringComparison.Ordinal);
}
