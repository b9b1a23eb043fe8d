using System.Net;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Nodes;

/// <summary>This machine: what it starts are our own child processes.</summary>
/// <param name="cpus">Where it runs what it starts.</param>
/// <param name="watched">Where both sides run, for whoever watches.</param>
internal sealed class LocalNode(IProcessLauncher launcher, CpuSet cpus, WatchedCpus watched) : INode
{
    public string Name => "this machine";

    public CpuSet Cpus => cpus;

    public IChildProcess Start(ProcessStart start) => launcher.Start(start);

    public void CheckOwner(IChildProcess server, IPEndPoint endPoint) => PortOwner.Check(endPoint, server.Id);

    public ITrialWatch Watch(IChildProcess server, int port, string selfReportName) =>
        new TrialWatch(new WatchedServer(server.Id, port, selfReportName), watched);
}
