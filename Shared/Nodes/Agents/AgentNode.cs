using System.Net;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Nodes.Agents;

/// <summary>A machine, or a container, where an agent does what we ask it for.</summary>
/// <param name="cpus">Where what it starts is to run.</param>
/// <param name="loadCpus">Where the load runs, if that is on the same machine.</param>
/// <param name="log">Hears what the agent has to say, from any thread.</param>
internal sealed class AgentNode(
    AgentConnection agent,
    NodeFacts facts,
    CpuSet cpus,
    CpuSet? loadCpus,
    Action<string> log
) : INode
{
    public string Name => $"agent {agent.Name}";

    public NodeFacts Facts => facts;

    public CpuSet Cpus => cpus;

    public IChildProcess Start(ProcessStart start)
    {
        if (Path.GetFileName(start.Executable) != facts.Program)
            throw new NodeException($"{Name} starts {facts.Program} and nothing else, not {start.Executable}");
        var request = new StartRequest(start.Arguments, start.Cpus.ToString(), start.Environment);
        log($"{start.Role}: {Name}: {start} on CPUs {start.Cpus}");
        return AgentChild.Start(agent, request, start.Role, log);
    }

    public void CheckOwner(IChildProcess server, IPEndPoint endPoint)
    {
        var request = new OwnerRequest(endPoint.Address.ToString(), endPoint.Port);
        agent.Send(
            HttpMethod.Post,
            ((AgentChild)server).Path + AgentPaths.Owner,
            AgentConnection.Body(request, AgentJson.Default.OwnerRequest)
        );
    }

    public ITrialWatch Watch(IChildProcess server, int port, string selfReportName)
    {
        var path = ((AgentChild)server).Path;
        var request = new WatchRequest(port, selfReportName, loadCpus?.ToString());
        agent.Send(
            HttpMethod.Post,
            path + AgentPaths.Watch,
            AgentConnection.Body(request, AgentJson.Default.WatchRequest)
        );
        return new AgentWatch(agent, path);
    }
}
