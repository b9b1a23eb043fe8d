using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Clients that others wrote find nothing to complain about, on any model.</summary>
[Trait("Category", "long")]
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

    // h11 keeps to RFC 9112 on both sides: what it does not expect at a moment, it refuses.
    private const string PythonProgram = """
        import socket, sys
        try:
            import h11
        except ImportError:
            print('no h11')
            sys.exit()

        host, port = sys.argv[1].split(':')
        link = socket.create_connection((host, int(port)))
        talk = h11.Connection(h11.CLIENT)

        def send(event):
            link.sendall(talk.send(event) or b'')

        def ask(method, headers=(), content=b''):
            send(h11.Request(method=method, target='/', headers=[('Host', 'x'), *headers]))
            waits = talk.client_is_waiting_for_100_continue
            if not waits:
                finish(content)
            said, length = [], 0
            while True:
                event = talk.next_event()
                if event is h11.NEED_DATA:
                    talk.receive_data(link.recv(65536))
                elif isinstance(event, h11.InformationalResponse):
                    said.append(event.status_code)
                    finish(content)
                elif isinstance(event, h11.Response):
                    said.append(event.status_code)
                elif isinstance(event, h11.Data):
                    length += len(event.data)
                elif isinstance(event, h11.EndOfMessage):
                    break
            print(method, *said, length)

        def finish(content):
            if content:
                send(h11.Data(data=content))
            send(h11.EndOfMessage())

        for method, headers, content in [
            ('GET', [], b''),
            ('HEAD', [], b''),
            ('GET', [('Content-Length', '100000')], b'x' * 100000),
            ('POST', [('Transfer-Encoding', 'chunked')], b'x' * 100000),
            ('GET', [('Expect', '100-continue'), ('Content-Length', '4')], b'body'),
        ]:
            ask(method, headers, content)
            talk.start_next_cycle()
        ask('GET', [('Connection', 'close')])
        talk.receive_data(link.recv(1))
        print(type(talk.next_event()).__name__, talk.states[h11.SERVER])
        """;

    public static TheoryData<string> Models => RunningServers.PlainModels;

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
    public async Task H11_follows_every_response_on_one_connection(string model)
    {
        var server = await servers.Speaking("http", model);
        // Debian's own, because that is the one which finds Debian's packages.
        var said = await Judge.Run("python3", "/usr/bin/python3", "-c", PythonProgram, $"{server.EndPoint}");
        Installed.Require(said != "no h11\n", "h11 is not installed (Debian: python3-h11)");
        Assert.Equal(
            "GET 200 14\nHEAD 200 0\nGET 200 14\nPOST 405 23\nGET 100 200 14\nGET 200 14\nConnectionClosed CLOSED\n",
            said
        );
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Wrk_sees_no_errors(string model)
    {
        var connections = (await servers.Speaking("http", model)).ServesAtOnce(500);
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
