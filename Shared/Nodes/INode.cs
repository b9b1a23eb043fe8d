using System.Net;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Nodes;

/// <summary>
/// Where one side of a case runs: starts a process, whose lines carry the control messages, and watches it. This machine is one, and an
/// agent on another machine is one.
/// </summary>
internal interface INode : IProcessLauncher
{
    /// <summary>What it is called in messages.</summary>
    string Name { get; }

    /// <summary>The CPUs on which it runs what it starts.</summary>
    CpuSet Cpus { get; }

    /// <summary>Makes sure that what listens there is a server that it has started, and nobody else.</summary>
    /// <param name="endPoint">What the server announced.</param>
    /// <exception cref="NodeException">Nobody listens there, or somebody else does.</exception>
    void CheckOwner(IChildProcess server, IPEndPoint endPoint);

    /// <summary>Begins to watch a server that it has started, and that listens.</summary>
    /// <param name="server">What <see cref="IProcessLauncher.Start"/> gave.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="selfReportName">The abstract socket on which it was asked to tell of itself.</param>
    /// <exception cref="NodeException">It cannot be watched.</exception>
    ITrialWatch Watch(IChildProcess server, int port, string selfReportName);
}
