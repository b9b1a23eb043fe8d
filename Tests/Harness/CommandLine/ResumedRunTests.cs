using C10k.CommandLine;
using C10k.Harness.CommandLine;
using C10k.Harness.Recording;
using C10k.Nodes.Agents;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

/// <summary>What is gone on with is the run that was begun, or it is told where it is another one.</summary>
public sealed class ResumedRunTests : IDisposable
{
    private static readonly AgentFacts Server = Agent("Servers", "alpha", "id of alpha");
    private static readonly AgentFacts Load = Agent("LoadGen", "beta", "id of beta");
    private static readonly RunEnvironment Begun = RunEnvironment.Read(
        Planned.Settings(),
        Planned.NoLimits,
        new FakeClock().GetUtcNow()
    ) with
    {
        Arguments = ["--models", "poll"],
        Agents = [Server, Load],
        FileHashes = new Dictionary<string, string> { ["mine.json"] = "what it held" },
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arguments_are_taken_as_they_are_written_and_name_no_files_of_further_ones()
    {
        var run = Open(Begun with { Arguments = ["--models", "@more"] });
        Assert.Equal(["--models", "@more"], run.Options.Tokens.Select(token => token.Value));
    }

    [Fact]
    public void A_mistake_in_them_is_told_as_on_the_command_line()
    {
        var refused = Assert.Throws<UsageException>(() => Open(Begun with { Arguments = ["--client", "5"] }));
        Assert.Equal(
            $"--resume {_folder.FullPath}: unknown option '--client': did you mean --clients?",
            refused.Message
        );
    }

    [Fact]
    public void The_same_agents_go_on_also_in_new_containers_or_after_a_new_start_of_their_machine()
    {
        var run = Open(Begun);
        run.RequireAgents([Load, Server]);
        run.RequireAgents([Agent("Servers", "alpha", "another id"), Agent("LoadGen", "another name", "id of beta")]);
    }

    [Fact]
    public void Other_agents_are_refused_and_so_are_fewer_and_more()
    {
        var run = Open(Begun);
        CheckRefused(run, "no agents");
        CheckRefused(run, "Servers on alpha", Server);
        CheckRefused(run, "Servers on alpha, LoadGen on beta, LoadGen on beta", Server, Load, Load);
        CheckRefused(run, "Servers on alpha, LoadGen on gamma", Server, Agent("LoadGen", "gamma", "id of gamma"));
        Open(Begun with { Agents = [] }).RequireAgents([]);
        Assert.Throws<UsageException>(() => Open(Begun with { Agents = [] }).RequireAgents([Server]));
    }

    [Fact]
    public void Where_all_is_as_it_was_nothing_is_told() => Assert.Empty(Open(Begun).Warnings(Begun));

    [Fact]
    public void Other_CPUs_and_files_are_told()
    {
        var now = Begun with { ServerCpus = "2", LoadCpus = "3", FileHashes = new Dictionary<string, string>() };
        Assert.Equal(
            [
                "the run was begun with the server on CPU 0 and goes on with it on CPU 2",
                "the run was begun with the load on CPU 1 and goes on with it on CPU 3",
                "mine.json is not what it was when the run was begun: it was changed, or another folder is the current one",
            ],
            Open(Begun).Warnings(now)
        );
    }

    [Fact]
    public void A_folder_that_tells_of_none_of_it_is_gone_on_with()
    {
        var run = OpenText(
            $$"""{ "arguments": [], "seed": 7, "bench_version": "{{Begun.BenchVersion}}", "commit": null }"""
        );
        run.RequireAgents([Server]);
        Assert.Empty(run.Warnings(Begun with { Commit = null }));
    }

    private void CheckRefused(ResumedRun run, string told, params AgentFacts[] now)
    {
        var refused = Assert.Throws<UsageException>(() => run.RequireAgents(now));
        Assert.Equal(
            $"--resume {_folder.FullPath}: was begun with Servers on alpha, LoadGen on beta, and would go on with {told}: name the same agents as then, in the environment where that named them",
            refused.Message
        );
    }

    private ResumedRun Open(RunEnvironment begun) => OpenText(begun.ToJson());

    private ResumedRun OpenText(string environment)
    {
        File.WriteAllText(_folder["environment.json"], environment);
        return ResumedRun.Open(_folder.FullPath, HarnessCommand.Create());
    }

    private static AgentFacts Agent(string program, string host, string machineId) =>
        new(
            "https://10.0.0.1:1",
            new NodeFacts(program, "0.1.0", host, "6.18", "0-1", Planned.NoLimits, machineId, Models: null)
        );
}
