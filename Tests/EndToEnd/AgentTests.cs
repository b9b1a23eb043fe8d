using System.Text.Json;
using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Harness;
using C10k.Tests.Servers;
using C10k.Tests.Shared.Nodes.Agents;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd;

/// <summary>The Harness with its server and its load behind agents, on the loopback network.</summary>
[Trait("Category", "long")]
public sealed class AgentTests
{
    [Fact]
    public async Task A_run_over_agents_is_a_run()
    {
        await using var harness = new HarnessRun();
        using var keys = await MakeKeys();
        string[] secure =
        [
            "--listen",
            "https://127.0.0.1:0",
            "--token-file",
            keys["token"],
            "--certificate",
            keys["agent.crt"],
            "--key",
            keys["agent.key"],
        ];
        await using var server = await RunningAgent.Start("Servers", secure);
        await using var one = await RunningAgent.Start("LoadGen", secure);
        await using var two = await RunningAgent.Start("LoadGen", secure);
        var finished = await harness.Run([
            .. HarnessRun.Split("--profile smoke --models epoll-level,async --agent-token-file"),
            keys["token"],
            "--agent-certificate",
            keys["agent.crt"],
            .. Sides(server, one, two),
        ]);
        harness.Succeeded(finished);
        Assert.Equal(["async", "epoll-level"], harness.Summary.Select(row => row.Model).Order());
        Assert.All(
            harness.Summary,
            row =>
            {
                Assert.Equal(
                    (CaseStatus.Ok, 3, 100, 100),
                    (row.Status, row.Windows, row.ClientsConnected, row.ClientsServed)
                );
                Assert.InRange(row.ThroughputRps!.Value, 1, double.MaxValue);
                Assert.NotNull(row.ServerCpuCores);
                Assert.NotNull(row.RssPeakMb);
            }
        );
        Assert.All((RunningAgent[])[server, one, two], agent => Assert.Equal(2, agent.Started.Count));
        await Task.WhenAll(server.NothingRuns(), one.NothingRuns(), two.NothingRuns());

        using var environment = JsonDocument.Parse(File.ReadAllText(harness.Latest.EnvironmentJson));
        Assert.Equal(
            ["Servers", "LoadGen", "LoadGen"],
            environment
                .RootElement.GetProperty("agents")
                .EnumerateArray()
                .Select(agent => agent.GetProperty("facts").GetProperty("program").GetString())
        );
    }

    [Fact]
    public async Task A_load_agent_that_is_killed_is_reported_with_its_clients()
    {
        await using var harness = new HarnessRun();
        await using var server = await RunningAgent.Start("Servers");
        await using var one = await RunningAgent.Start("LoadGen");
        await using var two = await RunningAgent.Start("LoadGen");
        await using var program = harness.Start([
            .. HarnessRun.Split("--models epoll-level --clients 40 --windows 4 --window 500ms --warmup 0s"),
            .. Sides(server, one, two),
        ]);
        await Patience.Until(
            "it measures",
            () => harness.LogLines.Any(line => line.Contains("first reply", StringComparison.Ordinal)),
            () => program.Stderr
        );
        one.Signal(ProcessTree.SIGKILL);
        var finished = await program.Finish();
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        var row = Assert.Single(harness.Summary);
        Assert.Equal((CaseStatus.Ok, 20), (row.Status, row.ClientsServed));
        Assert.Contains("a load generator was lost with its 20 clients", row.Suspect, StringComparison.Ordinal);
        await Task.WhenAll(server.NothingRuns(), one.NothingRuns(), two.NothingRuns());
    }

    [Fact]
    public async Task A_Harness_that_is_killed_leaves_nothing_behind_on_the_agents()
    {
        await using var harness = new HarnessRun();
        await using var server = await RunningAgent.Start("Servers");
        await using var load = await RunningAgent.Start("LoadGen");
        await using (
            var program = harness.Start([
                .. HarnessRun.Split("--models epoll-level --clients 20 --window 60s --warmup 0s"),
                .. Sides(server, load),
            ])
        )
        {
            await Patience.Until("both run", () => load.Started.Count == 1, () => program.Stderr);
            program.Signal(ProcessTree.SIGKILL);
            await program.Finish();
        }
        await Task.WhenAll(server.NothingRuns(), load.NothingRuns());
    }

    [Fact]
    public async Task An_agent_with_another_token_is_told_before_anything_starts()
    {
        await using var harness = new HarnessRun();
        await using var server = await RunningAgent.Start("Servers");
        File.WriteAllText(harness["token"], "another-token-of-some-length");
        var finished = await harness.Run("--server-agent", server.Address, "--agent-token-file", harness["token"]);
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Contains(
            $"agent {server.Address} refuses the token: give it and the Harness the same one",
            finished.Stderr,
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(harness.Root));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("duel", "poll", "epoll-level")]
    [InlineData("capacity", "poll")]
    [InlineData("soak")]
    public async Task Agents_that_are_mixed_up_are_told_apart(params string[] command)
    {
        await using var harness = new HarnessRun();
        await using var load = await RunningAgent.Start("LoadGen");
        File.WriteAllText(harness["token"], RunningAgent.Token);
        var finished = await harness.Run([
            .. command,
            "--server-agent",
            load.Address,
            "--agent-token-file",
            harness["token"],
        ]);
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Contains(
            "starts LoadGen, and Servers was to be started there",
            finished.Stderr,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_that_somebody_brings_along_is_not_started_by_an_agent()
    {
        await using var harness = new HarnessRun();
        await using var server = await RunningAgent.Start("Servers");
        File.WriteAllText(harness["token"], RunningAgent.Token);
        var finished = await harness.Run([
            .. HarnessRun.Split("duel poll --baseline-server /bin/cat --agent-token-file"),
            harness["token"],
            "--server-agent",
            server.Address,
        ]);
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Contains("--baseline-server is for this machine", finished.Stderr, StringComparison.Ordinal);
        Assert.False(Directory.Exists(harness.Root));
    }

    [Fact]
    public async Task A_soak_runs_over_agents_too()
    {
        await using var harness = new HarnessRun();
        await using var server = await RunningAgent.Start("Servers");
        await using var load = await RunningAgent.Start("LoadGen");
        await using var program = harness.Start([
            .. HarnessRun.Split("soak --models epoll-level --clients 10 --for 2s"),
            .. Sides(server, load),
        ]);
        var finished = await program.Finish();
        Assert.Contains("epoll-level: ", finished.Stdout, StringComparison.Ordinal);
        Assert.Equal((1, 1), (server.Started.Count, load.Started.Count));
        await Task.WhenAll(server.NothingRuns(), load.NothingRuns());
    }

    private static string[] Sides(RunningAgent server, params RunningAgent[] loads) =>
        ["--server-agent", server.Address, .. loads.SelectMany(load => (string[])["--load-agent", load.Address])];

    private static async Task<TemporaryFolder> MakeKeys()
    {
        var folder = new TemporaryFolder();
        await RunningProgram.ToEnd(new ProgramStart("Harness", "agent-keys", folder.FullPath));
        return folder;
    }
}
