using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using C10k.CommandLine;
using C10k.Harness.CommandLine;
using C10k.Nodes.Agents;
using C10k.Tests.Shared.Nodes.Agents;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

/// <summary>What is looked at of agents before a run begins.</summary>
public sealed class AgentPartiesTests : IDisposable
{
    private static readonly NodeFacts Load = new(
        "LoadGen",
        AgentDesk.Version,
        "host",
        "6.18",
        "0-1",
        Planned.NoLimits,
        AgentDesk.MachineId(),
        Models: null
    );
    private static readonly NodeFacts Server = Load with { Program = "Servers", Models = "[]" };

    private readonly TemporaryFolder _folder = new();
    private readonly List<TcpTestServer> _agents = [];

    public void Dispose()
    {
        _agents.ForEach(agent => agent.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public void An_agent_of_another_version_is_refused()
    {
        var refused = Assert.Throws<UsageException>(() => Join([Server with { Version = "9.9.9" }], []));
        Assert.Equal(
            $"agent http://{_agents[0].EndPoint} is of version 9.9.9, and this Harness of {AgentDesk.Version}: build both from the same source",
            refused.Message
        );
    }

    [Fact]
    public void Load_from_another_machine_does_not_reach_a_server_of_this_one()
    {
        var far = Load with { MachineId = "another" };
        var refused = Assert.Throws<UsageException>(() => Join([], [Load, far]));
        Assert.StartsWith(
            $"agent http://{_agents[1].EndPoint} is on another machine",
            refused.Message,
            StringComparison.Ordinal
        );
        Join([Server with { MachineId = "a third" }], [Load, far]).Dispose();
    }

    [Fact]
    public void Every_machine_has_its_own_limits()
    {
        var (many, few) = (Planned.NoLimits with { Descriptors = 9_000 }, Planned.NoLimits with { Descriptors = 700 });
        using var parties = Join([Server with { Limits = many }], [Load, Load with { Limits = few }]);
        var machines = parties.Machines(Planned.NoLimits);
        Assert.Equal((9_000, 700), (machines.Server.Descriptors, machines.Loads[1].Descriptors));
        Assert.Equal([15, 16], ((int[])[30, 31]).Select(machines.Share));
        Assert.True(machines is { ServerIsAgents: true, OverLoopback: true });
    }

    [Fact]
    public void A_side_without_an_agent_is_here()
    {
        using var parties = Join([], [Load with { Cpus = "1" }]);
        var machines = parties.Machines(Planned.NoLimits with { Tasks = 5_000 });
        Assert.Equal(5_000, machines.Server.Tasks);
        Assert.False(machines.ServerIsAgents);
        var settings = machines.Adapt(Planned.Settings());
        Assert.Equal((false, "1"), (settings.SidesAreApart, settings.LoadCpus.ToString()));
    }

    private AgentParties Join(NodeFacts[] server, NodeFacts[] loads)
    {
        File.WriteAllText(_folder["token"], RunningAgent.Token);
        var token = AgentToken.Read(_folder["token"], "--agent-token-file");
        return AgentParties.Join(
            server.Select(Place),
            loads.Select(Place),
            place => new AgentConnection(place.Uri, place.Address, token, pinned: null)
        );
    }

    // Answers whatever it is asked with these facts.
    private AgentPlace Place(NodeFacts facts)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(facts, AgentJson.Default.NodeFacts);
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        var agent = new TcpTestServer(caller => Answer(caller, [.. Encoding.ASCII.GetBytes(head), .. body]));
        _agents.Add(agent);
        return new AgentPlace(new Uri($"http://{agent.EndPoint}"), IPAddress.Loopback);
    }

    private static async Task Answer(Socket caller, byte[] answer)
    {
        var request = new byte[64 * 1024];
        while (await caller.ReceiveAsync(request) > 0)
            await TcpTestServer.SendAll(caller, answer);
    }
}
