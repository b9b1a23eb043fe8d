using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace C10k.Nodes.Agents;

/// <summary>Logs the requests that are no HTTP: Kestrel refuses them before anything of an agent sees them, and tells of it by an event.</summary>
internal sealed class MalformedRequests(ILogger log) : IObserver<KeyValuePair<string, object?>>
{
    private const string Refused = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Logs them until it is disposed of.</summary>
    public static IDisposable LogThose(DiagnosticListener events, ILogger log) =>
        events.Subscribe(new MalformedRequests(log), name => name == Refused);

    public void OnNext(KeyValuePair<string, object?> happened)
    {
        if (happened is not { Key: Refused, Value: IFeatureCollection request })
            return;
        var wrong = request.Get<IBadRequestExceptionFeature>()?.Error;
        AgentLog.Refused(
            log,
            request.Get<IHttpConnectionFeature>()?.RemoteIpAddress,
            "no HTTP",
            (wrong as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest,
            wrong?.Message ?? ""
        );
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }
}
