using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using C10k.CommandLine;

namespace C10k.Nodes.Agents;

/// <summary>How one agent is asked for something. May be used from any thread.</summary>
internal sealed class AgentConnection : IDisposable
{
    // An answer takes no longer than what was asked for, and that is a look at a server of ten thousand processes at most.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;

    /// <param name="uri">As the caller named it.</param>
    /// <param name="address">One of the addresses that its host has.</param>
    /// <param name="pinned">The certificate that it must show; null where the machine's own authorities decide.</param>
    public AgentConnection(Uri uri, IPAddress address, AgentToken token, X509Certificate2? pinned)
    {
        Address = address;
        Name = $"{uri.Scheme}://{new IPEndPoint(address, uri.Port)}";
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = (_, stop) => Connect(new IPEndPoint(address, uri.Port), stop),
        };
        if (pinned is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown?.GetRawCertData().AsSpan().SequenceEqual(pinned.RawDataMemory.Span) == true;
        _http = new HttpClient(handler) { BaseAddress = uri, Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
    }

    /// <summary>By which it is known how long the agent has been silent.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Where it is, and what it starts: a server that it has started listens there.</summary>
    public IPAddress Address { get; }

    /// <exception cref="NodeException">It cannot be reached, or refuses.</exception>
    public TAnswer Get<TAnswer>(string path, JsonTypeInfo<TAnswer> answer) => Ask(HttpMethod.Get, path, null, answer);

    /// <exception cref="NodeException">It cannot be reached, or refuses.</exception>
    public TAnswer Post<TAnswer>(string path, HttpContent? content, JsonTypeInfo<TAnswer> answer) =>
        Ask(HttpMethod.Post, path, content, answer);

    /// <summary>The same, where there is no answer but that it was done.</summary>
    public void Send(HttpMethod method, string path, HttpContent? content = null)
    {
        using var response = SendChecked(method, path, content, HttpCompletionOption.ResponseContentRead);
    }

    /// <summary>The same, where the answer is a stream; whoever closes it takes back the request.</summary>
    public HttpResponseMessage Open(string path, HttpContent content) =>
        SendChecked(HttpMethod.Post, path, content, HttpCompletionOption.ResponseHeadersRead);

    public void Dispose() => _http.Dispose();

    /// <summary>A request's body.</summary>
    public static HttpContent Body<T>(T value, JsonTypeInfo<T> type) => JsonContent.Create(value, type);

    private TAnswer Ask<TAnswer>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<TAnswer> type)
    {
        using var response = SendChecked(method, path, content, HttpCompletionOption.ResponseContentRead);
        try
        {
            using var body = response.Content.ReadAsStream();
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("it answers null");
        }
        catch (JsonException wrong)
        {
            throw new NodeException($"agent {Name}: no answer of an agent: {Printable.Line(wrong.Message)}");
        }
    }

    private HttpResponseMessage SendChecked(
        HttpMethod method,
        string path,
        HttpContent? content,
        HttpCompletionOption completion
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        HttpResponseMessage response;
        try
        {
            response = _http.Send(request, completion);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            throw new AgentUnreachableException($"agent {Name}: {failure.InnerException?.Message ?? failure.Message}");
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw response.StatusCode switch
            {
                HttpStatusCode.Unauthorized => new AgentRefusedException(
                    $"agent {Name} refuses the token: give it and the Harness the same one"
                ),
                HttpStatusCode.Conflict => new AgentBusyException($"agent {Name} refuses: {ReadError(response)}"),
                _ => new AgentRefusedException($"agent {Name} refuses: {ReadError(response)}"),
            };
    }

    private static string ReadError(HttpResponseMessage response)
    {
        try
        {
            using var body = response.Content.ReadAsStream();
            return JsonSerializer.Deserialize(body, AgentJson.Default.AgentError)?.Error ?? $"{response.StatusCode}";
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or HttpRequestException)
        {
            return $"{(int)response.StatusCode} {response.ReasonPhrase}";
        }
    }

    private static async ValueTask<Stream> Connect(IPEndPoint agent, CancellationToken stop)
    {
        var socket = new Socket(agent.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            DeadPeers.GiveUp(socket);
            await socket.ConnectAsync(agent, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>No agent answers there, or no longer.</summary>
internal sealed class AgentUnreachableException(string message) : NodeException(message);

/// <summary>An agent answers, and does not do it.</summary>
internal class AgentRefusedException(string message) : NodeException(message);

/// <summary>It does not do it now: something else is not over yet.</summary>
internal sealed class AgentBusyException(string message) : AgentRefusedException(message);
