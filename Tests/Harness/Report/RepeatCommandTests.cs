using C10k.Harness.CommandLine;
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

    [Fact]
    public void A_workload_from_a_file_is_asked_for_by_its_file_and_any_other_by_its_name()
    {
        Assert.Contains(
            "--workload 'my own/readers.json' --clients",
            Text("mine", "readers", ""),
            StringComparison.Ordinal
        );
        Assert.Contains("--workload echo:rate=5 --clients", Text("mine", "echo:rate=5"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_that_was_laid_on_a_workload_from_a_file_is_laid_on_it_again() =>
        Assert.Contains(
            "--workload rated.json --rate 5 --clients",
            Text("mine", "rated:rate=5"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Agents_and_the_count_of_system_calls_are_asked_for_again_and_no_CPUs_of_this_machine()
    {
        const string Agents = """
            "arguments": [
              "--models", "mine", "--syscalls", "--server-agent", "https://a:1",
              "--load-agent", "https://b:2", "--load-agent", "https://c:3", "--agent-token-file", "my token"
            ],
            "agents": [{ "address": "https://10.0.0.1:1" }],
            """;
        var command = Text("mine", "echo", Agents);
        Assert.EndsWith(
            " --server-agent https://a:1 --load-agent https://b:2 --load-agent https://c:3 --agent-token-file 'my token' --syscalls",
            command,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("-cpus", command, StringComparison.Ordinal);
        Assert.Contains("--server-cpus 0 --load-cpus 1", Text("mine", "echo"), StringComparison.Ordinal);
    }

    [Fact]
    public void Agents_that_the_environment_named_are_named_by_options()
    {
        const string Agents = """
            "arguments": ["--models", "mine"],
            "agent_options": ["--server-agent", "https://a:1", "--load-agent", "https://b:2", "--agent-token-file", "/keys/token"],
            "agents": [{ "address": "https://10.0.0.1:1" }],
            """;
        Assert.EndsWith(
            " --server-agent https://a:1 --load-agent https://b:2 --agent-token-file /keys/token",
            Text("mine", "echo", Agents),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_other_server_of_a_duel_is_added_as_a_server_that_is_the_same()
    {
        var duelled = DuelCommand.Foreign("sh -c 'exec ./it' x").Server!;
        var again = ServerText.Read(duelled.Asked!);
        Assert.Equal((duelled.Name, duelled.Ready, duelled.Folder), (again.Name, again.Ready, again.Folder));
        Assert.Equal(duelled.Command, again.Command);
        Assert.Equal(duelled.Info.Conversations, again.Info.Conversations);
        Assert.Equal((duelled.Info.Works, duelled.Info.TakesCommands), (again.Info.Works, again.Info.TakesCommands));
    }

    // As a shell reads it.
    private static IReadOnlyList<string> WordsFor(string model) =>
        CommandWords.Split(Text(model, "echo").Replace(@"'\''", "'\"'\"'"))!;

    private static string Text(string model, string workload, string further = """ "arguments": ["--rate", "5"], """)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder["environment.json"],
            $$"""
            {
              {{further}}
              "servers": { "mine": "{{Asked}}", "other": "b.json" },
              "workloads": { "readers": "my own/readers.json", "rated:rate=5": "rated.json" },
              "server_cpus": "0",
              "load_cpus": "1",
              "cross_check": "wrk 4.1.0"
            }
            """
        );
        var row = Rows.Measured(model) with { Workload = workload };
        return RepeatCommand.Of(row, EnvironmentFacts.Read(folder["environment.json"]));
    }
}
