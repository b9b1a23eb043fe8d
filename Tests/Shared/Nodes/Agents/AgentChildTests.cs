using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using C10k.Nodes.Agents;
using C10k.Nodes.Processes;
using C10k.Tests.Harness;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Agents;

/// <summary>A process of an agent, as the Harness sees it: a machine that has gone without a word is given up after a while, and not before.</summary>
[Trait("Category", "long")]
public sealed class AgentChildTests : IDisposable
{
    private static readonly TimeSpan AlmostTooLong = DeadPeers.Patience - TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan TheRest = TimeSpan.FromMilliseconds(1);

    private readonly FakeClock _clock = new();
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private readonly TemporaryFolder _folder = new();
    private readonly TcpTestServer _agent;
    private int _refusals;
    private readonly AgentConnection _connection;

    public AgentChildTests()
    {
        _agent = new TcpTestServer(Serve);
        File.WriteAllText(_folder["token"], RunningAgent.Token);
        var token = AgentToken.Read(_folder["token"], "--token-file");
        _connection = new AgentConnection(new Uri($"http://{_agent.EndPoint}"), IPAddress.Loopback, token, pinned: null)
        {
            Clock = _clock,
        };
        Tell("""{"type":"started","id":"a","pid":7}""");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _agent.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Who_falls_silent_is_given_up()
    {
        using var child = Start();
        _clock.Advance(AlmostTooLong);
        Assert.False(child.WaitForExit(TimeSpan.Zero));
        _clock.Advance(TheRest);
        Assert.True(child.WaitForExit(Patience.Limit));
        Assert.Equal($"was lost with its agent http://{_agent.EndPoint}", child.Fate);
        Assert.Null(child.ExitCode);
        Assert.Null(child.ReadLine(Patience.Limit, CancellationToken.None));
    }

    [Fact]
    public void Whoever_says_something_has_all_that_time_again()
    {
        using var child = Start();
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(AlmostTooLong);
            Tell("""{"type":"beat"}""");
            Tell("""{"type":"line","text":"still here"}""");
            Assert.Equal("still here", child.ReadLine(Patience.Limit, CancellationToken.None));
        }
        Assert.Equal("still runs", child.Fate);
        Tell("""{"type":"exited","code":3}""");
        _told.Writer.Complete();
        Assert.True(child.WaitForExit(Patience.Limit));
        Assert.Equal(3, child.ExitCode);
    }

    [Theory]
    [InlineData(10, KeptLines.MaxLines + 1_000, KeptLines.MaxLines)]
    [InlineData(1_000_000, 20, (int)(KeptLines.MaxCharacters / 1_000_000))]
    public void Lines_that_nobody_reads_are_dropped_and_fill_no_memory(int length, int told, int kept)
    {
        using var child = Start();
        var line = $$"""{"type":"line","text":"{{new string('x', length)}}"}""";
        for (var i = 0; i < told; i++)
            Tell(line);
        Tell("""{"type":"exited","code":0}""");
        _told.Writer.Complete();
        Assert.True(child.WaitForExit(Patience.Limit));
        var lines = 0;
        while (child.ReadLine(Patience.Limit, CancellationToken.None) is not null)
            lines++;
        Assert.Equal(kept, lines);
    }

    [Fact]
    public void While_an_agent_still_ends_what_was_lost_before_it_is_asked_again()
    {
        _refusals = 2;
        using var child = Start();
        Assert.Equal((7, 0), (child.Id, _refusals));
    }

    [Fact]
    public void The_kernel_gives_up_a_caller_that_no_longer_acknowledges()
    {
        // TCP_USER_TIMEOUT in milliseconds, tcp(7): what an agent sends each second goes unanswered when its caller's machine is gone.
        const int Tcp = 6;
        const int UserTimeout = 18;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        DeadPeers.GiveUp(listener);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        caller.Connect(listener.LocalEndPoint!);
        using var accepted = listener.Accept();
        var value = new byte[sizeof(int)];
        accepted.GetRawSocketOption(Tcp, UserTimeout, value);
        Assert.Equal((int)DeadPeers.Patience.TotalMilliseconds, BitConverter.ToInt32(value));
    }

    private AgentChild Start() =>
        AgentChild.Start(_connection, new StartRequest([], "0", new Dictionary<string, string>()), "load", _ => { });

    private void Tell(string happened) => Assert.True(_told.Writer.TryWrite(happened));

    // An agent in so far as it answers the request to start something, and tells what the test says; and the one to end it.
    private async Task Serve(Socket caller)
    {
        if ((await ReceiveRequest(caller)).StartsWith("DELETE", StringComparison.Ordinal))
        {
            await TcpTestServer.SendAll(caller, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            return;
        }
        const string Busy = "HTTP/1.1 409 Conflict\r\nContent-Length: 17\r\n\r\n{\"error\":\"later\"}";
        for (; _refusals > 0; await ReceiveRequest(caller))
        {
            _refusals--;
            await TcpTestServer.SendAll(caller, Encoding.ASCII.GetBytes(Busy));
        }
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        await TcpTestServer.SendAll(caller, Encoding.ASCII.GetBytes(Head));
        await foreach (var happened in _told.Reader.ReadAllAsync())
        {
            var text = $"data: {happened}\n\n";
            await TcpTestServer.SendAll(caller, Encoding.ASCII.GetBytes($"{text.Length:x}\r\n{text}\r\n"));
        }
        await TcpTestServer.SendAll(caller, "0\r\n\r\n"u8.ToArray());
    }

    private static async Task<string> ReceiveRequest(Socket caller)
    {
        var bytes = new byte[64 * 1024];
        var text = "";
        while (!text.EndsWith(EndOf(text), StringComparison.Ordinal))
        {
            var count = await caller.ReceiveAsync(bytes);
            if (count == 0)
                break;
            text += Encoding.ASCII.GetString(bytes, 0, count);
        }
        return text;
    }

    private static string EndOf(string request) =>
        request.Contains("chunked", StringComparison.Ordinal) ? "\r\n0\r\n\r\n"
        : request.Contains("Content-Length", StringComparison.Ordinal) ? "}"
        : "\r\n\r\n";
}
