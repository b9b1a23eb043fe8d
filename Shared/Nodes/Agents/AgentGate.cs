using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace C10k.Nodes.Agents;

/// <summary>Lets in who shows the token, and logs whatever is refused, by whom it was asked and why.</summary>
internal sealed class AgentGate(AgentToken token, ILogger log)
{
    public async Task Pass(HttpContext context, RequestDelegate next)
    {
        try
        {
            CheckToken(context);
            await next(context);
            if (context.Response is { StatusCode: >= 400 and var status, HasStarted: false })
                throw new AgentRefusal(status, ReasonFor(status));
        }
        catch (AgentRefusal refusal)
        {
            await Refuse(context, refusal.Status, refusal.Message);
        }
        catch (Exception wrong) when (wrong is BadHttpRequestException or JsonException)
        {
            await Refuse(context, (wrong as BadHttpRequestException)?.StatusCode ?? 400, wrong.Message);
        }
        catch (NodeException failed)
        {
            await Refuse(context, StatusCodes.Status500InternalServerError, failed.Message);
        }
    }

    // What the framework refuses by itself, without a word.
    private static string ReasonFor(int status) =>
        status switch
        {
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => "an agent knows no such request",
            StatusCodes.Status413PayloadTooLarge => "the request is too long",
            _ => "the request cannot be read",
        };

    private void CheckToken(HttpContext context)
    {
        string? shown = context.Request.Headers.Authorization;
        if (token.Accepts(shown))
            return;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        throw new AgentRefusal(
            StatusCodes.Status401Unauthorized,
            string.IsNullOrEmpty(shown) || shown.Trim() == "Bearer" ? "no token" : "wrong token"
        );
    }

    private async Task Refuse(HttpContext context, int status, string reason)
    {
        var request = $"{context.Request.Method} {context.Request.Path}";
        AgentLog.Refused(log, context.Connection.RemoteIpAddress, request, status, reason);
        if (context.Response.HasStarted)
            return;
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new AgentError(reason), AgentJson.Default.AgentError);
    }
}
