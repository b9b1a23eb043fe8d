using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using C10k.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace C10k.Nodes.Agents;

/// <summary>An agent: an HTTP server over which a Harness elsewhere starts and watches one process at a time. See docs/scale.md.</summary>
internal sealed class AgentHost(AgentOptions options, AgentCatalogue catalogue)
{
    private const long LongestRequest = 256 * 1024;

    /// <summary>Listens until a signal tells to stop; then nothing that was started is left.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Run()
    {
        OwnThreads.KeepOff(options.Cpus);
        await using var app = Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("agent");
        using var desk = new AgentDesk(catalogue, options.Cpus, message => AgentLog.Happened(log, message));
        using var malformed = MalformedRequests.LogThose(app.Services.GetRequiredService<DiagnosticListener>(), log);
        app.Use((context, next) => new AgentGate(options.Token, log).Pass(context, next));
        AgentEndpoints.Map(app, desk, app.Lifetime.ApplicationStopping);
        try
        {
            await app.StartAsync();
        }
        catch (IOException refused)
        {
            await Console.Error.WriteLineAsync(
                $"{catalogue.Program} agent: --listen {options.Address}: {refused.Message}"
            );
            return refused.InnerException is AddressInUseException ? ExitCode.PortInUse : ExitCode.Failure;
        }
        Console.WriteLine($"READY {Address(app)}");
        await app.WaitForShutdownAsync();
        return ExitCode.Success;
    }

    private WebApplication Build()
    {
        // Nothing of the surroundings decides how it listens: no appsettings.json, no ASPNETCORE_URLS.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, AgentJson.Default);
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        // What cannot be read is refused, and logged, as everything else is.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff'Z' ";
        });
        // The framework tells of each request, and only trouble is worth it.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // A port that is taken is told in one line of our own.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Listen);
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = Bind);
        builder.Host.ConfigureHostOptions(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        return builder.Build();
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LongestRequest;
        kestrel.Listen(
            options.Address.EndPoint,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (options.Certificate is { } certificate)
                    listen.UseHttps(certificate);
            }
        );
    }

    // Connections inherit it: a caller whose machine has gone without a word is given up, and what was started for him ends.
    private static Socket Bind(EndPoint endPoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        DeadPeers.GiveUp(socket);
        return socket;
    }

    private string Address(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return addresses?.Addresses.FirstOrDefault() ?? options.Address.ToString();
    }
}
