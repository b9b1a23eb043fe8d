using System.Net;
using C10k.Nodes;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Tests.Support;

/// <summary>A machine on which fake processes run.</summary>
internal sealed class FakeNode(IProcessLauncher launcher, CpuSet cpus, Func<ITrialWatch> watch) : INode
{
    public string Name { get; init; } = "somewhere";

    public CpuSet Cpus => cpus;

    public IChildProcess Start(ProcessStart start) => launcher.Start(start);

    public void CheckOwner(IChildProcess server, IPEndPoint endPoint) { }

    public ITrialWatch Watch(IChildProcess server, int port, string selfReportName) => watch();
}
