using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using C10k.CommandLine;
using C10k.Nodes.Agents;

namespace C10k.Harness.CommandLine;

/// <summary>The options that put the server or the load on other machines.</summary>
internal static class AgentArguments
{
    private static readonly Option<string?> ServerAgent = new("--server-agent")
    {
        Description = "Run the servers where this agent is: https://host:port of a 'Servers agent'.",
    };
    private static readonly Option<string[]> LoadAgents = new("--load-agent")
    {
        Description =
            "Run the load where this agent is: https://host:port of a 'LoadGen agent'; may be given several times, and a name with several addresses stands for as many agents.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<string?> TokenFile = new("--agent-token-file")
    {
        Description = $"The file with the token of the agents; without it, the environment's {AgentToken.Variable}.",
    };
    private static readonly Option<string?> Certificate = new("--agent-certificate")
    {
        Description =
            "The certificate that the agents must show, as PEM; without it, the authorities that this machine trusts decide.",
    };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[ServerAgent, LoadAgents, TokenFile, Certificate])
            command.Options.Add(option);
    }

    /// <summary>Reaches all agents that were named; null where none was.</summary>
    /// <exception cref="UsageException">One cannot be reached, or is not what it should be.</exception>
    public static AgentParties? Connect(ParseResult parsed)
    {
        var (server, loads) = (ServerNamed(parsed), LoadsNamed(parsed));
        if (server is null && loads.Length == 0)
            return null;
        if (RunOptions.NamesCpus(parsed))
            throw new UsageException(
                "--server-cpus and --load-cpus are for this machine: an agent has an option --cpus of its own"
            );
        if (RunOptions.RunsWrk(parsed))
            throw new UsageException("--load wrk runs wrk on this machine: leave out the agents");
        var token = AgentToken.Read(TokenFileNamed(parsed), TokenFile.Name);
        var pinned = ReadCertificate(CertificateNamed(parsed));
        return AgentParties.Join(
            server is null ? [] : Find(ServerAgent.Name, server).Take(1),
            loads.SelectMany(load => Find(LoadAgents.Name, load)),
            place => new AgentConnection(place.Uri, place.Address, token, pinned)
        );
    }

    /// <summary>
    /// The options that name the same agents again, those that the environment named included; none where both sides run here. They tell
    /// in which file the token is, and never the token.
    /// </summary>
    public static IReadOnlyList<string> Words(ParseResult parsed)
    {
        var (server, loads) = (ServerNamed(parsed), LoadsNamed(parsed));
        if (server is null && loads.Length == 0)
            return [];
        IEnumerable<(Option Option, string? Value)> named =
        [
            (ServerAgent, server),
            .. loads.Select<string, (Option, string?)>(load => (LoadAgents, load)),
            (TokenFile, TokenFileNamed(parsed)),
            (Certificate, CertificateNamed(parsed)),
        ];
        return
        [
            .. named.Where(one => one.Value is not null).SelectMany(one => (string[])[one.Option.Name, one.Value!]),
        ];
    }

    private static string? ServerNamed(ParseResult parsed) =>
        parsed.GetValue(ServerAgent) ?? Variable("C10K_SERVER_AGENT");

    private static string[] LoadsNamed(ParseResult parsed) =>
        parsed.GetValue(LoadAgents) is { Length: > 0 } named
            ? named
            : Variable("C10K_LOAD_AGENTS")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string? TokenFileNamed(ParseResult parsed) =>
        parsed.GetValue(TokenFile) ?? Variable("C10K_AGENT_TOKEN_FILE");

    private static string? CertificateNamed(ParseResult parsed) =>
        parsed.GetValue(Certificate) ?? Variable("C10K_AGENT_CERTIFICATE");

    // Where the surroundings are fixed, as in containers, options are free for what is to be run.
    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static IEnumerable<AgentPlace> Find(string option, string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri is not { AbsolutePath: "/", Query: "", UserInfo: "" }
        )
            throw new UsageException($"{option} takes https://host:port, not '{text}'");
        var addresses = Resolve(option, uri.IdnHost);
        if (uri.Scheme == "http" && !addresses.All(IPAddress.IsLoopback))
            throw new UsageException(
                $"{option} {text}: what leaves this machine is encrypted: take https://, or a loopback address"
            );
        return addresses.Select(address => new AgentPlace(uri, address));
    }

    private static IPAddress[] Resolve(string option, string host)
    {
        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork) is { Length: > 0 } found
                ? found
                : throw new UsageException($"{option}: {host} has no IPv4 address");
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            throw new UsageException($"{option}: {host}: {unknown.Message}");
        }
    }

    private static X509Certificate2? ReadCertificate(string? file)
    {
        try
        {
            return file is null ? null : X509Certificate2.CreateFromPem(SmallFile.ReadText(file));
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{Certificate.Name} {file}: {wrong.Message}");
        }
    }
}

/// <summary>Where an agent is.</summary>
/// <param name="Uri">As it was named.</param>
/// <param name="Address">One of the addresses of its host.</param>
internal sealed record AgentPlace(Uri Uri, IPAddress Address);
