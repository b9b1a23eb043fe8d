using C10k.Nodes.Collecting;

namespace C10k.Nodes.Agents;

/// <summary>Watches a server through the agent that started it: the looks are taken there, and cost this machine nothing.</summary>
/// <param name="path">Of the process.</param>
internal sealed class AgentWatch(AgentConnection agent, string path) : ITrialWatch
{
    public ServerSample Border(int index, bool isLast = false) =>
        agent.Post($"{path}{AgentPaths.Borders}/{index}?last={isLast}", content: null, AgentJson.Default.ServerSample);

    public ServerSample? Sample() =>
        agent.Post(path + AgentPaths.Samples, content: null, AgentJson.Default.SampleAnswer).Server;

    public IReadOnlySet<int> Processes() =>
        agent.Get(path + AgentPaths.Watched, AgentJson.Default.IReadOnlyListInt32).ToHashSet();

    public IReadOnlyList<MetricValue> End()
    {
        var seen = agent.Post(path + AgentPaths.End, content: null, AgentJson.Default.WatchAnswer);
        LookCost.Add(seen.Looks);
        return seen.Metrics;
    }

    // It ends with its process.
    public void Dispose() { }
}
