using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace C10k.Nodes.Agents;

/// <summary>What an agent can be asked for.</summary>
internal static class AgentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AgentDesk desk, CancellationToken stopping)
    {
        routes.MapGet(AgentPaths.Facts, desk.Facts);
        routes.MapPost(
            AgentPaths.Processes,
            (StartRequest request, HttpContext context) => Start(desk, request, context, stopping)
        );
        var process = routes.MapGroup($"{AgentPaths.Processes}/{{id}}");
        process.MapPost(AgentPaths.Input, (string id, InputRequest input) => desk.Find(id).WriteLine(input.Line));
        process.MapPost(
            AgentPaths.Stop,
            (string id, StopRequest stop) => new StopAnswer(desk.Find(id).Stop(TimeSpan.FromSeconds(stop.GraceSeconds)))
        );
        process.MapGet("", (string id) => new StateAnswer(desk.Find(id).IsHalted));
        process.MapPost(AgentPaths.Owner, (string id, OwnerRequest owner) => desk.Find(id).CheckOwner(owner));
        process.MapDelete("", (string id) => desk.End(id));
        process.MapPost(AgentPaths.Watch, (string id, WatchRequest watch) => desk.Find(id).Watch(watch));
        process.MapPost(
            $"{AgentPaths.Borders}/{{index:int}}",
            (string id, int index, bool last = false) => desk.Find(id).Look(watch => watch.Border(index, last))
        );
        process.MapPost(
            AgentPaths.Samples,
            (string id) => new SampleAnswer(desk.Find(id).Look(watch => watch.Sample()))
        );
        process.MapGet(
            AgentPaths.Watched,
            (string id) => desk.Find(id).Look<IReadOnlyList<int>>(watch => [.. watch.Processes()])
        );
        process.MapPost(
            AgentPaths.End,
            (string id) => desk.Find(id).Look(watch => new WatchAnswer(watch.End(), watch.Costs))
        );
    }

    // The process is started before the answer begins, so that a refusal can still be one.
    private static IResult Start(AgentDesk desk, StartRequest request, HttpContext context, CancellationToken stopping)
    {
        var reachedAt = context.Connection.LocalIpAddress ?? IPAddress.Loopback;
        var process = desk.Start(request, reachedAt.IsIPv4MappedToIPv6 ? reachedAt.MapToIPv4() : reachedAt);
        // It lives as long as somebody hears of it, and no longer than the agent.
        context.Response.RegisterForDispose(process);
        var stop = stopping.Register(process.Dispose);
        context.Response.RegisterForDispose(stop);
        return TypedResults.ServerSentEvents(Tell(process, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> Tell(
        AgentProcess process,
        [EnumeratorCancellation] CancellationToken gone
    )
    {
        await foreach (var happened in process.Events(gone))
            yield return new SseItem<string>(JsonSerializer.Serialize(happened, AgentJson.Default.AgentEvent));
    }
}

/// <summary>Where it is asked for.</summary>
internal static class AgentPaths
{
    public const string Facts = "/v1/facts";
    public const string Processes = "/v1/processes";
    public const string Input = "/input";
    public const string Stop = "/stop";
    public const string Owner = "/owner";
    public const string Watch = "/watch";
    public const string Borders = "/watch/borders";
    public const string Samples = "/watch/samples";
    public const string Watched = "/watch/processes";
    public const string End = "/watch/end";
}
