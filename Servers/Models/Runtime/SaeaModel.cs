using System.Collections.Concurrent;
using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Runtime;

/// <summary>
/// The runtime's sockets without tasks: each connection owns one SocketAsyncEventArgs, which is an operation, its buffer and its
/// callback in one object that is used again and again. The state between two callbacks is kept by hand (see
/// <see cref="SaeaConnection"/>); objects whose client has left rest in a pool for the next one. Nothing is allocated for a request.
/// </summary>
internal sealed class SaeaModel : IServerModel
{
    public ModelInfo Info { get; } =
        new(
            "saea",
            "runtime",
            "SocketAsyncEventArgs: completion callbacks on the runtime's thread pool, with pooled state and buffers.",
            "high-end .NET servers before pipelines; Windows completion ports in their .NET form"
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
        ServeAll(acceptor, context, live).GetAwaiter().GetResult();
        live.WaitUntilNoneIsLeft();
    }

    private static async Task ServeAll(SocketAcceptor acceptor, ServerContext context, LiveConnections live)
    {
        var pool = new ConcurrentBag<SaeaConnection>();
        while (await acceptor.Accept() is { } client)
        {
            if (!pool.TryTake(out var connection))
                connection = new SaeaConnection(live, pool.Add);
            connection.Begin(client, context.NewConversation());
        }
    }
}
