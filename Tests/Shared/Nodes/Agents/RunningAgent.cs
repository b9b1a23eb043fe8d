using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using C10k.Nodes;
using C10k.Tests.Servers;
using C10k.Tests.Support;

namespace C10k.Tests.Shared.Nodes.Agents;

/// <summary>A real agent on the loopback network, and a caller that knows its token.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    public const string Token = "a-token-that-nobody-guesses";

    private static readonly string[] Plain = ["--listen", "http://127.0.0.1:0"];

    private readonly RunningProgram _program;
    private readonly string _executable;

    /// <param name="executable"><c>Servers</c> or <c>LoadGen</c>.</param>
    public RunningAgent(string executable, params string[] arguments)
    {
        _executable = executable;
        var start = new ProgramStart(executable, ["agent", .. arguments.Length == 0 ? Plain : arguments]);
        _program = new RunningProgram(
            start with
            {
                Environment = new Dictionary<string, string> { ["C10K_AGENT_TOKEN"] = Token },
            }
        );
    }

    public HttpClient Caller { get; } = new() { Timeout = Patience.Limit };

    public int Id => _program.Id;

    public string Log => _program.Stderr;

    /// <summary>Where it listens.</summary>
    public string Address => _program.Stdout.Split('\n')[0]["READY ".Length..];

    public static async Task<RunningAgent> Start(string executable, params string[] arguments)
    {
        var agent = new RunningAgent(executable, arguments);
        await Patience.Until(
            "the agent listens",
            () => agent._program.Stdout.Contains('\n', StringComparison.Ordinal),
            () => agent.Log
        );
        return agent;
    }

    /// <summary>A request with the token; another one, or none, where the caller says so.</summary>
    public async Task<HttpResponseMessage> Ask(
        HttpMethod method,
        string path,
        string? body = null,
        string? token = Token
    )
    {
        using var request = new HttpRequestMessage(method, Address + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>What it answers to a request whose first line goes out as it stands: HttpClient would mend it first.</summary>
    public async Task<string> AskAsWritten(string line)
    {
        using var caller = await Client.Connect(new IPEndPoint(IPAddress.Loopback, new Uri(Address).Port));
        var request = $"{line}\r\nHost: agent\r\nAuthorization: Bearer {Token}\r\nConnection: close\r\n\r\n";
        await caller.Send(Encoding.Latin1.GetBytes(request));
        return Encoding.UTF8.GetString(await caller.Receive(64 * 1024));
    }

    public Task<HttpResponseMessage> AskToStart(params string[] arguments) => AskToStart(arguments, environment: []);

    public Task<HttpResponseMessage> AskToStart(string[] arguments, Dictionary<string, string> environment) =>
        Ask(
            HttpMethod.Post,
            "/v1/processes",
            JsonSerializer.Serialize(
                new
                {
                    arguments,
                    cpus = $"{CpuSet.Allowed.Cpus[0]}",
                    environment,
                }
            )
        );

    /// <summary>The processes that it has started, as its log tells.</summary>
    public IReadOnlyList<int> Started =>
        [
            .. Log.Split('\n')
                .Where(line => line.Contains($" {_executable}: pid ", StringComparison.Ordinal))
                .Select(line => int.Parse(line.Split(" pid ")[1].Split(' ')[0])),
        ];

    public void Signal(int signal) => _program.Signal(signal);

    public Task<Finished> Finish() => _program.Finish();

    /// <summary>Waits until nothing that it started runs any more.</summary>
    public Task NothingRuns() =>
        Patience.Until("nothing runs", () => !Started.Any(ProcessTree.IsAlive), () => "something does");

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await _program.DisposeAsync();
    }
}
