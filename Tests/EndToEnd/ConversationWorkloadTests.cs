using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.LoadGen;
using C10k.Tests.Servers;
using Xunit;
using static C10k.Tests.EndToEnd.WorkloadRuns;

namespace C10k.Tests.EndToEnd;

/// <summary>The workloads with a conversation of their own: what theory demands of each.</summary>
[Trait("Category", "long")]
public class ConversationWorkloadTests
{
    [Fact]
    public async Task Fast_readers_are_not_held_up_by_slow_ones_and_goodput_is_told_in_bytes()
    {
        const int Clients = 20;
        const double ReplyMb = (1 << 20) / 1e6;
        var row = Assert.Single(
            await Rows(
                $"--models epoll-level --workload bulk --clients {Clients} --windows 2 --window 500ms --warmup 200ms"
            )
        );
        Assert.Equal((CaseStatus.Ok, 0L), (row.Status, row.Errors));
        // Two of them take a reply a second. Did all others keep their pace, there would be twenty a second.
        Assert.InRange(row.GoodputMbPerSecond!.Value, 3 * Clients * ReplyMb, double.MaxValue);
        Assert.Equal(1, row.GoodputMbPerSecond.Value / (row.ThroughputRps!.Value * ReplyMb), tolerance: 0.01);
    }

    [Fact]
    public async Task A_window_of_bulk_is_long_enough_for_everybody()
    {
        var row = Assert.Single(
            await Rows(
                "--models epoll-level --workload bulk:size=64k,read_rate=1g,window_per_client=2ms --clients 500 --windows 1 --window 20ms --warmup 0s"
            )
        );
        Assert.Equal((CaseStatus.Ok, 500), (row.Status, row.ClientsServed));
    }

    [Theory]
    [InlineData("epoll-level")]
    [InlineData("async")]
    [InlineData("thread-per-connection")]
    [InlineData("prefork")]
    public async Task Who_does_not_say_hello_first_is_sent_away_and_who_did_goes_on(string model)
    {
        const int Each = 5;
        await using var server = await ServerUnderTest.Start(model, "--conversation", "hello");
        var rude = Loads.Options(server.EndPoint, Each);
        var sentAway = 0L;
        var talking = Loads.Run(rude with { Conversation = "hello" }, AllGoOn);
        var gone = await Loads.RunUntilAllAreGone(rude);
        Volatile.Write(ref sentAway, gone.Errors.Closed + gone.Errors.Reset);
        Assert.Equal((0L, (long)Each), (gone.Requests, sentAway));
        Assert.Equal(new LoadErrors(), (await talking).Errors);

        // In a window that began after the others were sent away, or else they are waited for in vain.
        bool AllGoOn(IReadOnlyList<LoadReport> windows) =>
            Volatile.Read(ref sentAway) > 0 && windows[^1].Served == Each && windows[^1].Alive == Each;
    }

    [Theory]
    [InlineData("epoll-level,async,kestrel")]
    [InlineData("thread-per-connection,prefork:workers=5,saea")]
    public async Task Every_page_counts_for_the_client_that_got_it(string models)
    {
        const int Clients = 5;
        IReadOnlyList<WindowRow> windows = [];
        var rows = await Rows(
            $"--models {models} --workload http --clients {Clients} --windows 2 --window 500ms --warmup 500ms",
            harness => windows = harness.Windows
        );
        Assert.Equal(3, rows.Count);
        Assert.All(
            rows,
            row =>
            {
                Assert.Equal((CaseStatus.Ok, 0L, Clients), (row.Status, row.Errors, row.ClientsServed));
                Assert.InRange(row.Requests!.Value, 2 * Clients, long.MaxValue);
                Assert.Equal(
                    row.Requests,
                    windows.Where(window => window.Model == row.Model).Sum(window => window.Requests)
                );
                // Whoever asks again at once is either waiting for a page or has got one: by Little's law all of them are in these two.
                Assert.InRange(row.LittleRatio!.Value, 0.5, 1.5);
            }
        );
    }

    [Fact]
    public async Task What_is_timed_with_http_is_what_curl_gets()
    {
        await using var server = await ServerUnderTest.Start("epoll-level", "--conversation", "http");
        var got = await Judge.Run("curl", "curl", "-sS", "-i", "--noproxy", "*", $"http://{server.EndPoint}/");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", got, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 14\r\n", got, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nHello, world!\n", got, StringComparison.Ordinal);
        var options = Loads.Options(server.EndPoint, clients: 5) with { Conversation = "http" };
        Assert.Equal(new LoadErrors(), (await Loads.RunUntil(100, options)).Errors);
    }

    [Theory]
    [InlineData("404 Not Found", "Hello, world!\n")]
    [InlineData("200 OK", "Hello, World!\n")]
    public async Task Http_is_counted_only_with_the_status_and_the_content_that_are_due(string status, string second)
    {
        using var server = Answering("200 OK", "Hello, world!\n", status, second);
        var options = Loads.Options(server.EndPoint, clients: 1) with { Conversation = "http" };
        var outcome = await Loads.RunUntilAllAreGone(options);
        Assert.Equal((1, new LoadErrors { Corrupt = 1 }), (outcome.Requests, outcome.Errors));
    }

    private static Support.TcpTestServer Answering(params string[] replies) =>
        new(async connection =>
        {
            var buffer = new byte[4096];
            foreach (var reply in replies.Chunk(2))
            {
                await connection.ReceiveAsync(buffer);
                await Support.TcpTestServer.SendAll(
                    connection,
                    System.Text.Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 {reply[0]}\r\nContent-Length: {reply[1].Length}\r\n\r\n{reply[1]}"
                    )
                );
            }
            await Support.TcpTestServer.Ignore(connection);
        });
}
