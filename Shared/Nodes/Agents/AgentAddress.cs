using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace C10k.Nodes.Agents;

/// <summary>Where an agent listens. What leaves the machine is encrypted, or the token would be anybody's.</summary>
internal sealed record AgentAddress(IPEndPoint EndPoint, bool IsSecure)
{
    public static AgentAddress Default { get; } = new(new IPEndPoint(IPAddress.Loopback, 7000), IsSecure: false);

    public static bool TryParse(string text, [NotNullWhen(true)] out AgentAddress? address)
    {
        address = null;
        var scheme = text.Split("://", 2) is [var word, var rest] ? word : "";
        if (scheme is not ("http" or "https") || !IPEndPoint.TryParse(text[(scheme.Length + 3)..], out var endPoint))
            return false;
        if (scheme == "http" && !IPAddress.IsLoopback(endPoint.Address))
            return false;
        address = new AgentAddress(endPoint, scheme == "https");
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsSecure ? "https" : "http")}://{EndPoint}";
}
