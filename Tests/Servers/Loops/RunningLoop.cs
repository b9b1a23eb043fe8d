using System.Net;
using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Models.Loops;
using Xunit;

namespace C10k.Tests.Servers.Loops;

/// <summary>One of the loop servers on a thread of this process, where it can be given any conversation.</summary>
internal sealed class RunningLoop : IDisposable
{
    private readonly Listener _listener = Listener.Open(new IPEndPoint(IPAddress.Loopback, 0), 100, nonBlocking: true);
    private readonly Task _serving;

    public RunningLoop(string model, string poller, Func<IConversation> newConversation) =>
        _serving = Task.Factory.StartNew(
            () => Serve(Servers[model], poller, newConversation),
            TaskCreationOptions.LongRunning
        );

    /// <summary>Every server of this family, on every poller.</summary>
    public static MatrixTheoryData<string, string> ServersAndPollers => new(Servers.Keys, ["select", "poll", "epoll"]);

    private static Dictionary<string, LoopServer> Servers { get; } =
        new()
        {
            ["callbacks"] = CallbackServer.Serve,
            ["generators"] = GeneratorServer.Serve,
            ["async"] = AsyncLoopServer.Serve,
        };

    public IPEndPoint EndPoint => _listener.EndPoint;

    /// <summary>Stops it; what it failed of is thrown here.</summary>
    public void Dispose()
    {
        _listener.Stop();
        Assert.True(_serving.Wait(Patience.Limit), "the server does not stop");
        _listener.Dispose();
    }

    private void Serve(LoopServer serve, string poller, Func<IConversation> newConversation)
    {
        using var loop = EventLoops.On(poller);
        serve(loop, _listener, newConversation);
    }
}
