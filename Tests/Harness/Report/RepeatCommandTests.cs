using C10k.Harness.External;
using C10k.Harness.Report;
using C10k.Tests.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>The command that repeats a case.</summary>
public sealed class RepeatCommandTests
{
    private const string Asked = "name=mine,cmd=sh -c 'exec ./it' {port}";

    [Fact]
    public void Of_a_server_that_was_added_it_adds_that_server_again()
    {
        var words = WordsFor("mine");
        Assert.Equal(["./run-bench.sh", "--models", "mine", "--server", Asked], words.Take(5));
    }

    [Fact]
    public void Of_any_other_it_adds_none() => Assert.DoesNotContain("--server", WordsFor("epoll-level"));

    [Fact]
    public void Wrk_loads_it_again_where_it_did() => Assert.Equal(["--load", "wrk"], WordsFor("mine").TakeLast(2));

    // As a shell reads it.
    private static IReadOnlyList<string> WordsFor(string model)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder["environment.json"],
            $$"""{ "servers": { "mine": "{{Asked}}", "other": "b.json" }, "cross_check": "wrk 4.1.0" }"""
        );
        var row = Rows.Measured(model);
        return CommandWords.Split(
            RepeatCommand.Of(row, EnvironmentFacts.Read(folder["environment.json"])).Replace(@"'\''", "'\"'\"'")
        )!;
    }
}
