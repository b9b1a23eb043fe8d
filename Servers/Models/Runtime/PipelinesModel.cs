using System.Net.Sockets;
using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Runtime;

/// <summary>
/// Kestrel's design in small: between socket and application lie two pipes of pooled memory, filled and emptied by two symmetric loops
/// (see <see cref="SocketPipes"/>). The application reads and writes pipes and never sees the socket, so that receiving, computing and
/// sending each go at their own pace, and whoever is too fast is made to wait by a pipe that is full.
/// </summary>
internal sealed class PipelinesModel : IServerModel
{
    public ModelInfo Info { get; } =
        new(
            "pipelines",
            "runtime",
            "System.IO.Pipelines over sockets: a receive loop, a send loop, and the application between two pipes.",
            "Kestrel's transport, SignalR, protocol libraries of .NET"
        )
        {
            Threads = "cpus",
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        var live = new LiveConnections();
        using var listener = context.Listen(nonBlocking: true, stop);
        using var acceptor = new SocketAcceptor(listener, stop);
        using var registration = stop.Register(live.ShutDownAll);
        context.Ready(listener);
        ServeAll(acceptor, context, live, stop).GetAwaiter().GetResult();
        live.WaitUntilNoneIsLeft();
    }

    private static async Task ServeAll(
        SocketAcceptor acceptor,
        ServerContext context,
        LiveConnections live,
        CancellationToken stop
    )
    {
        while (await acceptor.Accept() is { } client)
        {
            live.Add((int)client.Handle);
            _ = ServeClient(client, context.NewConversation(), live, stop);
        }
    }

    private static async Task ServeClient(
        Socket client,
        IConversation conversation,
        LiveConnections live,
        CancellationToken stop
    )
    {
        await Task.Yield(); // Back to accepting: a client that never stops sending would never be waited for.
        try
        {
            await new SocketPipes(client).Serve(pipes => PipeConversation.Run(pipes, conversation, stop));
        }
        finally
        {
            live.Remove((int)client.Handle);
            client.Dispose();
        }
    }
}
