using System.Net;
using C10k.CommandLine;
using Microsoft.Extensions.Logging;

namespace C10k.Nodes.Agents;

/// <summary>What an agent writes down. A caller's words are shown without control characters, so that they cannot look like lines of their own.</summary>
internal static partial class AgentLog
{
    private const int MostLetters = 500;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Message}")]
    public static partial void Happened(ILogger log, string message);

    public static void Refused(ILogger log, IPAddress? caller, string request, int status, string reason) =>
        RefusedCore(log, caller, Printable(request), status, Printable(reason));

    [LoggerMessage(
        EventName = "Refused",
        Level = LogLevel.Warning,
        Message = "refused {Status}: {Caller}: {Request}: {Reason}"
    )]
    private static partial void RefusedCore(ILogger log, IPAddress? caller, string request, int status, string reason);

    private static string Printable(string text) => OneLine.Of(text[..Math.Min(text.Length, MostLetters)]);
}
