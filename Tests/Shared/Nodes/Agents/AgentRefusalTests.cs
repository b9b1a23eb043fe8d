using System.Net;
using System.Text.Json;
using C10k.Nodes;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Agents;

/// <summary>Whatever an agent is not there for is refused, is logged, and starts nothing.</summary>
public sealed class AgentRefusalTests(AgentRefusalTests.Agents agents) : IClassFixture<AgentRefusalTests.Agents>
{
    private const string Start = """{"arguments":["epoll-level"],"cpus":"0","environment":{}}""";

    [Theory]
    [InlineData(null, "no token")]
    [InlineData("", "no token")]
    [InlineData("a-token-that-nobody-guesse", "wrong token")]
    [InlineData("a-token-that-nobody-guessess", "wrong token")]
    [InlineData("A-TOKEN-THAT-NOBODY-GUESSES", "wrong token")]
    public async Task Without_the_token_nothing_is_told_and_nothing_done(string? token, string reason)
    {
        (HttpMethod, string, string?)[] requests =
        [
            (HttpMethod.Get, "/v1/facts", null),
            (HttpMethod.Post, "/v1/processes", Start),
            (HttpMethod.Get, "/anything", null),
        ];
        foreach (var (method, path, body) in requests)
        {
            var response = await agents.Servers.Ask(method, path, body, token);
            await IsRefused(agents.Servers, response, HttpStatusCode.Unauthorized, $"{method} {path}: {reason}");
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task A_token_in_the_address_is_none() =>
        await IsRefused(
            agents.Servers,
            await agents.Servers.Ask(HttpMethod.Get, $"/v1/facts?access_token={RunningAgent.Token}", token: null),
            HttpStatusCode.Unauthorized,
            "GET /v1/facts: no token"
        );

    [Theory]
    [InlineData("no model was named")]
    [InlineData("unknown model 'sh'", "sh")]
    [InlineData("unknown model '/bin/sh'", "/bin/sh")]
    [InlineData("unknown model '../../../bin/sh'", "../../../bin/sh")]
    [InlineData("unknown model 'epoll-level/../../x'", "epoll-level/../../x")]
    [InlineData("unknown model 'EPOLL-LEVEL'", "EPOLL-LEVEL")]
    [InlineData("has no parameter 'path'", "epoll-level:path=/etc/passwd")]
    [InlineData("unknown option '--exec'", "epoll-level", "--exec", "/bin/sh")]
    [InlineData("unexpected argument '/bin/sh'", "epoll-level", "/bin/sh")]
    [InlineData("neither its address nor a list", "epoll-level", "--address", "0.0.0.0")]
    [InlineData("neither its address nor a list", "--list")]
    [InlineData("unknown model 'agent'", "agent")]
    [InlineData("unknown option '--listen'", "agent", "--listen", "http://127.0.0.1:0")]
    [InlineData("unknown --conversation '../echo'", "epoll-level", "--conversation", "../echo")]
    [InlineData("unexpected argument", "epoll-level", "a\n2026-01-01 00:00:00.000Z info: agent[1] all is well")]
    public async Task What_is_no_model_of_its_list_is_not_started(string reason, params string[] arguments) =>
        await IsRefused(agents.Servers, await agents.Servers.AskToStart(arguments), HttpStatusCode.Forbidden, reason);

    [Theory]
    [InlineData("Required", "--control")]
    [InlineData("load under --control", "--target", "127.0.0.1:1")]
    [InlineData("load under --control", "calibrate")]
    [InlineData("no files are written", "--control", "--target", "127.0.0.1:1", "--hgrm", "/tmp/x")]
    [InlineData("no files are written", "--control", "--target", "127.0.0.1:1", "--hlog", "../x")]
    [InlineData("unknown option '--exec'", "--control", "--target", "127.0.0.1:1", "--exec", "sh")]
    [InlineData("--target takes", "--control", "--target", "/etc/passwd")]
    public async Task What_is_no_load_under_control_is_not_started(string reason, params string[] arguments) =>
        await IsRefused(
            agents.LoadGen,
            await agents.LoadGen.AskToStart(arguments),
            HttpStatusCode.Forbidden,
            reason == "Required" ? "--target" : reason
        );

    [Theory]
    [InlineData("LD_PRELOAD")]
    [InlineData("DOTNET_STARTUP_HOOKS")]
    [InlineData("PATH")]
    public async Task The_environment_is_not_the_callers_to_change(string name) =>
        await IsRefused(
            agents.Servers,
            await agents.Servers.AskToStart(["epoll-level"], new Dictionary<string, string> { [name] = "/tmp/x" }),
            HttpStatusCode.Forbidden,
            $"the environment variable '{name}' may not be set"
        );

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/v1/processes")]
    [InlineData("GET", "/v1/../../etc/passwd")]
    [InlineData("GET", "/v1/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("POST", "/v1/processes/1/stop/../../../x")]
    [InlineData("GET", "/appsettings.json")]
    public async Task Other_requests_lead_nowhere(string method, string path)
    {
        var response = await agents.Servers.Ask(new HttpMethod(method), path);
        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed);
        var sent = response.RequestMessage!.RequestUri!.AbsolutePath;
        var logged = $"{method} {sent}: an agent knows no such request";
        await IsRefused(agents.Servers, response, response.StatusCode, logged);
    }

    [Theory]
    [InlineData("GET /v1/../../etc/passwd HTTP/1.1", 404, "an agent knows no such request")]
    [InlineData("GET /../../../etc/passwd HTTP/1.1", 404, "an agent knows no such request")]
    [InlineData("GET //etc/passwd HTTP/1.1", 404, "an agent knows no such request")]
    [InlineData("GET /v1/%2e%2e/%2e%2e/etc/passwd HTTP/1.1", 404, "an agent knows no such request")]
    [InlineData("GET /v1/..%2f..%2f..%2fetc/passwd HTTP/1.1", 404, "an agent knows no such request")]
    [InlineData("GET /v1/..\\..\\etc\\passwd HTTP/1.1", 404, "an agent knows no such request")]
    [InlineData("POST /v1/processes/1/stop/../../../x HTTP/1.1", 404, "an agent knows no such request")]
    [InlineData("POST /v1/processes/../processes/../../etc HTTP/1.1", 404, "an agent knows no such request")]
    [InlineData("GET http://elsewhere/v1/facts HTTP/1.1", 400, "no HTTP")]
    [InlineData("GET ../../etc/passwd HTTP/1.1", 400, "no HTTP")]
    [InlineData("GET /v1/facts\0/etc/passwd HTTP/1.1", 400, "no HTTP")]
    [InlineData("GET /v1/%00 HTTP/1.1", 400, "no HTTP")]
    [InlineData("/etc/passwd", 400, "no HTTP")]
    [InlineData("GET /v1/facts HTTP/9.9", 505, "no HTTP")]
    public async Task No_way_of_writing_a_path_leads_elsewhere(string line, int status, string logged)
    {
        var before = Refusals();
        var answer = await agents.Servers.AskAsWritten(line);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        await Patience.Until("it is logged", () => Refusals() > before, () => agents.Servers.Log);
        Assert.Empty(agents.Servers.Started);

        int Refusals() => agents.Servers.Log.Split('\n').Count(line => IsRefusal(line, (HttpStatusCode)status, logged));
    }

    [Theory]
    [InlineData("/v1/processes/1/input", """{"line":"x"}""")]
    [InlineData("/v1/processes/1/stop", """{"grace_seconds":1}""")]
    [InlineData("/v1/processes/..%2f..%2fself/stop", """{"grace_seconds":1}""")]
    [InlineData("/v1/processes/1/watch/borders/0", null)]
    public async Task Processes_that_it_has_not_started_are_not_its(string path, string? body) =>
        await IsRefused(
            agents.Servers,
            await agents.Servers.Ask(HttpMethod.Post, path, body),
            HttpStatusCode.NotFound,
            "there is no such process"
        );

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"arguments":null,"cpus":"0","environment":{}}""")]
    [InlineData("""{"arguments":["epoll-level",null],"cpus":"0","environment":{}}""")]
    [InlineData("""{"arguments":["epoll-level"],"cpus":"0","environment":{"C10K_SELF_REPORT":null}}""")]
    [InlineData("""{"arguments":["epoll-level"],"cpus":"999","environment":{}}""")]
    [InlineData("""{"arguments":["epoll-level"],"cpus":"../0","environment":{}}""")]
    public async Task What_is_no_request_is_said_to_be_none(string body) =>
        await IsRefused(
            agents.Servers,
            await agents.Servers.Ask(HttpMethod.Post, "/v1/processes", body),
            HttpStatusCode.BadRequest,
            "POST /v1/processes: "
        );

    [Fact]
    public async Task Only_the_CPUs_that_it_was_told_are_given_away()
    {
        var first = CpuSet.Allowed.Cpus[0];
        await using var agent = await RunningAgent.Start(
            "Servers",
            "--listen",
            "http://127.0.0.1:0",
            "--cpus",
            $"{first}"
        );
        using var facts = await agent.Ask(HttpMethod.Get, "/v1/facts");
        Assert.Contains($"\"cpus\":\"{first}\"", await facts.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var more = $$$"""{"arguments":["epoll-level"],"cpus":"{{{first}}},{{{first + 1}}}","environment":{}}""";
        var refused = await agent.Ask(HttpMethod.Post, "/v1/processes", more);
        await IsRefused(agent, refused, HttpStatusCode.BadRequest, $"are not some of the CPUs {first}");
    }

    // Only the head of it is sent: it is refused before any of the rest has come.
    [Fact]
    public async Task A_request_of_any_length_fills_no_memory()
    {
        var answer = await agents.Servers.AskAsWritten(
            "POST /v1/processes HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1048576"
        );
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        await IsLogged(agents.Servers, HttpStatusCode.RequestEntityTooLarge, "POST /v1/processes: ");
        Assert.Empty(agents.Servers.Started);
    }

    private static async Task IsRefused(
        RunningAgent agent,
        HttpResponseMessage response,
        HttpStatusCode status,
        string logged
    )
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.NotEqual("", await Error(response));
        }
        await IsLogged(agent, status, logged);
        Assert.Empty(agent.Started);
    }

    private static Task IsLogged(RunningAgent agent, HttpStatusCode status, string logged) =>
        Patience.Until(
            "it is logged",
            () => agent.Log.Split('\n').Any(line => IsRefusal(line, status, logged)),
            () => agent.Log
        );

    private static bool IsRefusal(string line, HttpStatusCode status, string logged) =>
        line.Contains($"refused {(int)status}: 127.0.0.1: ", StringComparison.Ordinal)
        && line.Contains(logged, StringComparison.Ordinal);

    private static async Task<string> Error(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("error").GetString()!;
    }

    /// <summary>One of either kind, which all tests ask.</summary>
    public sealed class Agents : IAsyncLifetime
    {
        internal RunningAgent Servers { get; private set; } = null!;

        internal RunningAgent LoadGen { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            (Servers, LoadGen) = (await RunningAgent.Start("Servers"), await RunningAgent.Start("LoadGen"));

        public async ValueTask DisposeAsync()
        {
            await Servers.DisposeAsync();
            await LoadGen.DisposeAsync();
        }
    }
}
