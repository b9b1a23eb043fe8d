using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Clients that others wrote find nothing to complain about, on any model.</summary>
public sealed class HttpJudgesTests(RunningServers servers) : IClassFixture<RunningServers>
{
    // One connection for all, but for the last request; each way of sending content, and of asking before.
    private const string NodeProgram = """
        const http = require('http');
        const [host, port] = process.argv[1].split(':');
        const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
        const sockets = new Set();
        const ask = (method, headers, body) => new Promise((resolve, reject) => {
          const request = http.request({ host, port, agent, method, headers }, response => {
            sockets.add(request.socket);
            let text = '';
            response.on('data', piece => text += piece);
            response.on('end', () => resolve(response.statusCode + (response.complete ? '' : '!') + text.length));
          });
          request.on('error', reject);
          if (headers.Expect) { request.on('continue', () => request.end(body)); request.flushHeaders(); }
          else request.end(body);
        });
        (async () => {
          const results = [];
          for (let i = 0; i < 20; i++) results.push(await ask('GET', {}));
          results.push(await ask('HEAD', {}));
          results.push(await ask('GET', { 'Content-Length': 100000 }, 'x'.repeat(100000)));
          results.push(await ask('POST', { 'Transfer-Encoding': 'chunked' }, 'x'.repeat(100000)));
          results.push(await ask('GET', { Expect: '100-continue', 'Content-Length': 4 }, 'body'));
          console.log(new Set(results.slice(0, 20)), results.slice(20), sockets.size);
          console.log(await ask('GET', { Connection: 'close' }), sockets.size);
          agent.destroy();
        })().catch(error => console.log(error));
        """;

    public static TheoryData<string> Models => RunningServers.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Curl_gets_the_page(string model)
    {
        var said = await Judge.Run(
            "curl",
            "curl",
            "-sS",
            "-i",
            "-d",
            "a=b",
            "-X",
            "GET",
            await UrlOf(model),
            await UrlOf(model)
        );
        Assert.Equal(2, said.Split("HTTP/1.1 200 OK\r\n").Length - 1);
        Assert.EndsWith("Hello, world!\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Node_s_strict_parser_accepts_every_response_on_one_connection(string model)
    {
        var server = await servers.Speaking("http", model);
        var said = await Judge.Run("nodejs", "node", "-e", NodeProgram, $"{server.EndPoint}");
        Assert.Equal("Set(1) { '20014' } [ '2000', '20014', '40523', '20014' ] 1\n20014 1\n", said);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Wrk_sees_no_errors(string model)
    {
        var connections = (await servers.Speaking("http", model)).ServesAtOnce(100);
        var said = await Judge.Run("wrk", "wrk", "-t1", $"-c{connections}", "-d1s", await UrlOf(model));
        Assert.Contains("Requests/sec:", said, StringComparison.Ordinal);
        Assert.DoesNotContain("errors", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Non-2xx", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Ab_sees_no_failures_with_and_without_keep_alive(string model)
    {
        var clients = $"{(await servers.Speaking("http", model)).ServesAtOnce(20)}";
        // Without keep-alive each request is a connection, and so perhaps a process.
        var requests = ServersExecutable.Find(model).ProcessesPerClient > 0 ? 100 : 1000;
        foreach (
            var keepAlive in (string[][])
                [
                    ["-k"],
                    [],
                ]
        )
        {
            var said = await Judge.Run(
                "apache2-utils",
                "ab",
                ["-q", .. keepAlive, $"-n{requests}", "-c", clients, await UrlOf(model)]
            );
            Assert.Matches($@"Complete requests: +{requests}\n", said);
            Assert.Matches(@"Failed requests: +0\n", said);
            if (keepAlive.Length > 0)
                Assert.Matches($@"Keep-Alive requests: +{requests}\n", said);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task H2load_s_pipelines_succeed(string model)
    {
        var clients = $"-c{(await servers.Speaking("http", model)).ServesAtOnce(20)}";
        var said = await Judge.Run("nghttp2-client", "h2load", "--h1", "-n2000", clients, "-m8", await UrlOf(model));
        Assert.Contains("2000 done, 2000 succeeded, 0 failed, 0 errored, 0 timeout", said, StringComparison.Ordinal);
    }

    private async Task<string> UrlOf(string model) => $"http://{(await servers.Speaking("http", model)).EndPoint}/";
}
