using System.Net;
using C10k.Servers.Serving;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace C10k.Servers.Models.Runtime;

/// <summary>
/// Gives Kestrel connections from a socket that listens already. Kestrel's own listener would set a backlog of its own, and would spin
/// when the process is out of descriptors. The connections themselves are Kestrel's.
/// </summary>
internal sealed class KestrelListener(IPEndPoint endPoint, SocketAcceptor acceptor)
    : IConnectionListenerFactory,
        IConnectionListener
{
    private readonly SocketConnectionContextFactory _connections = new(
        new SocketConnectionFactoryOptions(),
        NullLogger.Instance
    );

    public EndPoint EndPoint => endPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await acceptor.Accept() is { } client ? _connections.Create(client) : null;

    // The stop that makes Kestrel unbind has ended the accepting already.
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => default;

    public ValueTask DisposeAsync()
    {
        _connections.Dispose();
        return default;
    }
}

/// <summary>The application behind Kestrel's HTTP, which no connection ever comes to.</summary>
internal sealed class NoHttp : IHttpApplication<object>
{
    public object CreateContext(IFeatureCollection contextFeatures) => throw new NotSupportedException();

    public Task ProcessRequestAsync(object context) => throw new NotSupportedException();

    public void DisposeContext(object context, Exception? exception) => throw new NotSupportedException();
}
