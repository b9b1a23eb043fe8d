using C10k.Hosting;
using C10k.Servers.Serving;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace C10k.Servers.Models.Runtime;

/// <summary>
/// ASP.NET Core's server without HTTP: Kestrel receives and sends, and calls a connection handler for each client, which sees nothing
/// but a pair of pipes. There is no web host around it, hence no configuration and no logging. The listening socket is ours (see
/// <see cref="KestrelListener"/>), so that backlog, options and limits are those of all models.
/// </summary>
internal sealed class KestrelModel : IServerModel
{
    public ModelInfo Info { get; } =
        new(
            "kestrel",
            "runtime",
            "A connection handler in Kestrel, below HTTP.",
            "ASP.NET Core: SignalR, gRPC and every .NET web application stand on it",
            "Cannot end its sending direction alone: a client that is refused while it sends may get a reset."
        )
        {
            Threads = "cpus",
            ClosesBothWays = true,
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: true, stop);
        using var acceptor = new SocketAcceptor(listener, stop);
        Serve(listener, acceptor, context, stop).GetAwaiter().GetResult();
    }

    private static async Task Serve(
        Listener listener,
        SocketAcceptor acceptor,
        ServerContext context,
        CancellationToken stop
    )
    {
        var handler = new Handler(context, stop);
        var options = new KestrelServerOptions();
        options.Listen(listener.EndPoint, endPoint => endPoint.Run(handler.OnConnectedAsync));
        using var server = new KestrelServer(
            Options.Create(options),
            new KestrelListener(listener.EndPoint, acceptor),
            NullLoggerFactory.Instance
        );
        await server.StartAsync(new NoHttp(), CancellationToken.None);
        context.Ready(listener);

        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
        // Cancelled already: connections are closed at once, not when their clients leave.
        await server.StopAsync(new CancellationToken(canceled: true));
    }

    private sealed class Handler(ServerContext context, CancellationToken stop) : ConnectionHandler
    {
        public override Task OnConnectedAsync(ConnectionContext connection) =>
            PipeConversation.Run(connection.Transport, context.NewConversation(), stop);
    }
}
