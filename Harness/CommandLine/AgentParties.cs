using System.Diagnostics;
using System.Net;
using C10k.CommandLine;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Hosting;
using C10k.Nodes;
using C10k.Nodes.Agents;

namespace C10k.Harness.CommandLine;

/// <summary>The agents of a run, all of which have answered.</summary>
internal sealed class AgentParties : IDisposable
{
    // Containers that are started together are not ready together.
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<AgentConnection> _connections = [];
    private readonly List<(AgentConnection Connection, NodeFacts Facts)> _loads = [];
    private (AgentConnection Connection, NodeFacts Facts)? _server;

    private AgentParties() { }

    /// <summary>What each of them tells of its machine.</summary>
    public IReadOnlyList<AgentFacts> Facts =>
        [
            .. (_server is { } server ? _loads.Prepend(server) : _loads).Select(agent => new AgentFacts(
                agent.Connection.Name,
                agent.Facts with
                {
                    Models = null,
                }
            )),
        ];

    /// <exception cref="UsageException">One does not answer, or is not what it should be.</exception>
    public static AgentParties Join(
        IEnumerable<AgentPlace> server,
        IEnumerable<AgentPlace> loads,
        Func<AgentPlace, AgentConnection> connect
    )
    {
        var parties = new AgentParties();
        try
        {
            foreach (var place in server)
                parties._server = parties.Ask(connect(place), "Servers");
            foreach (var place in loads)
                parties._loads.Add(parties.Ask(connect(place), "LoadGen"));
            parties.CheckServerIsReached();
            return parties;
        }
        catch
        {
            parties.Dispose();
            throw;
        }
    }

    /// <summary>The models that can be run: those of the server's agent.</summary>
    public IReadOnlyList<ModelInfo> Models(string localServers) =>
        _server is { Facts.Models: { } json } ? ModelList.FromJson(json) : ModelCatalogue.Load(localServers);

    /// <summary>The machines on which the two sides stand.</summary>
    /// <param name="local">What this one allows, for a side that has no agent.</param>
    public RunMachines Machines(MachineLimits local) =>
        new(_server?.Facts.Limits ?? local, _loads.Count == 0 ? [local] : [.. _loads.Select(load => load.Facts.Limits)])
        {
            OverLoopback = _server is not { } agent || IPAddress.IsLoopback(agent.Connection.Address),
            ServerIsAgents = _server is not null,
            Cpus = new AgentCpus(
                _server is { } server ? CpusOf(server.Facts) : CpuSet.Allowed,
                LoadCpus(),
                AreApart: !OnOneMachine
            ),
        };

    /// <summary>Both sides; what has no agent runs here.</summary>
    public BenchNodes Nodes(BenchNodes local, Action<string> log)
    {
        var watched = OnOneMachine ? LoadCpus() : null;
        return new BenchNodes(
            _server is { } server ? Node(server) : local.Server,
            _loads.Count == 0 ? local.Loads : [.. _loads.Select(Node)]
        );

        INode Node((AgentConnection Connection, NodeFacts Facts) agent) =>
            new AgentNode(agent.Connection, agent.Facts, CpusOf(agent.Facts), watched, log);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    // Containers of one machine have their CPUs out of one set, and one /proc/stat tells of all.
    private bool OnOneMachine =>
        _loads
            .Select(load => load.Facts.MachineId)
            .Append(_server?.Facts.MachineId ?? AgentDesk.MachineId())
            .Append(_loads.Count == 0 ? AgentDesk.MachineId() : _loads[0].Facts.MachineId)
            .Distinct()
            .Count() == 1;

    // Those of several machines cannot be told in one set; they are alike where figures are to mean something.
    private CpuSet LoadCpus() =>
        _loads.Count == 0 ? CpuSet.Allowed
        : OnOneMachine ? new CpuSet([.. _loads.SelectMany(load => CpusOf(load.Facts).Cpus).Distinct().Order()])
        : CpusOf(_loads[0].Facts);

    private void CheckServerIsReached()
    {
        var far = _loads.Find(load => load.Facts.MachineId != AgentDesk.MachineId());
        if (_server is null && far is ({ } agent, _))
            throw new UsageException(
                $"agent {agent.Name} is on another machine, and servers of this one listen on its loopback network only: name a --server-agent, too"
            );
    }

    private (AgentConnection, NodeFacts) Ask(AgentConnection agent, string program)
    {
        _connections.Add(agent);
        var facts = AskPatiently(agent);
        if (facts.Program != program)
            throw new UsageException(
                $"agent {agent.Name} starts {facts.Program}, and {program} was to be started there"
            );
        if (facts.Version != AgentDesk.Version)
            throw new UsageException(
                $"agent {agent.Name} is of version {facts.Version}, and this Harness of {AgentDesk.Version}: build both from the same source"
            );
        return (agent, facts);
    }

    private static NodeFacts AskPatiently(AgentConnection agent)
    {
        for (var begin = Stopwatch.GetTimestamp(); ; Thread.Sleep(Pause))
        {
            try
            {
                return agent.Get(AgentPaths.Facts, AgentJson.Default.NodeFacts);
            }
            catch (AgentUnreachableException absent)
            {
                if (Stopwatch.GetElapsedTime(begin) > ReadyWithin)
                    throw new UsageException(absent.Message);
            }
            catch (NodeException refused)
            {
                throw new UsageException(refused.Message);
            }
        }
    }

    private static CpuSet CpusOf(NodeFacts facts) =>
        CpuSet.TryParse(facts.Cpus, out var cpus)
            ? cpus
            : throw new UsageException($"an agent of {facts.Host} tells no CPUs, but '{facts.Cpus}'");
}
