using System.Net;
using C10k.Harness.Trials;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Trials;

public class ServerProbeTests
{
    private const int ProbeBytes = 200;
    private static readonly ServerProbe s_probe = new("echo", seed: 1);

    [Fact]
    public void A_server_that_echoes_passes_after_three_connections()
    {
        using var server = TcpTestServer.Echo(1);
        Passes(server, ProbeEffort.BeforeMeasuring);
        Assert.Equal(3, server.Accepted);
    }

    [Fact]
    public void One_new_client_is_one_connection()
    {
        using var server = TcpTestServer.Echo(1);
        Passes(server, ProbeEffort.OfOneClient);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public void A_server_that_takes_one_client_after_the_other_passes()
    {
        using var turn = new SemaphoreSlim(1);
        using var server = new TcpTestServer(async connection =>
        {
            await turn.WaitAsync();
            var bytes = new byte[ProbeBytes];
            while (await connection.ReceiveAsync(bytes) is > 0 and var count)
                await TcpTestServer.SendAll(connection, bytes.AsMemory(0, count));
            turn.Release();
        });
        Passes(server, ProbeEffort.BeforeMeasuring);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(ProbeBytes - 1)]
    public void A_wrong_byte_is_named(int place)
    {
        using var server = TcpTestServer.Echo(
            ProbeBytes,
            (connection, _, message) =>
            {
                message[place] ^= 0x10;
                return TcpTestServer.SendAll(connection, message);
            }
        );
        Assert.Matches(
            $"^probe: wrong answer, byte {place} of {ProbeBytes} is 0x[0-9a-f]{{2}} instead of 0x[0-9a-f]{{2}}$",
            Failure(server.EndPoint)
        );
    }

    [Fact]
    public void A_server_that_fails_only_now_and_then_is_found_out()
    {
        var connections = 0;
        using var server = new TcpTestServer(async connection =>
        {
            var message = new byte[ProbeBytes];
            await TcpTestServer.ReceiveAll(connection, message);
            message[0] += (byte)(Interlocked.Increment(ref connections) == 3 ? 1 : 0);
            await TcpTestServer.SendAll(connection, message);
            await TcpTestServer.Ignore(connection);
        });
        Assert.StartsWith("probe: wrong answer, byte 0 ", Failure(server.EndPoint), StringComparison.Ordinal);
    }

    // As a server would that has seen a run before, and keeps what passed.
    [Theory]
    [InlineData("echo")]
    [InlineData("hello")]
    [InlineData("prefix")]
    [InlineData("bulk")]
    public void A_reply_that_was_right_in_an_earlier_run_is_wrong_in_this_one(string conversation)
    {
        var earlier = new Queue<byte[]>(
            Enumerable.Range(1, 3).Select(_ => ProbeTalk.Of(conversation, ServerProbe.RandomSeed()).Request)
        );
        using var canned = new TcpTestServer(async connection =>
        {
            await TcpTestServer.ReceiveAll(connection, new byte[1]);
            await TcpTestServer.SendAll(connection, ProbeTalk.ReplyTo(conversation, earlier.Dequeue()));
            await TcpTestServer.Ignore(connection);
        });
        var probe = new ServerProbe(conversation, ServerProbe.RandomSeed());
        Assert.Throws<TrialException>(() =>
            probe.Check(canned.EndPoint, Thorough(TimeSpan.FromSeconds(2)), CancellationToken.None)
        );
    }

    [Fact]
    public void A_silent_server_is_waited_for_within_bounds()
    {
        using var server = new TcpTestServer(TcpTestServer.Ignore);
        Assert.Equal("probe: no answer within 0.05 s", Failure(server.EndPoint, TimeSpan.FromSeconds(0.05)));
        Assert.Equal(5, ProbeEffort.BeforeMeasuring.Patience.TotalSeconds);
    }

    [Fact]
    public void Half_an_answer_is_none()
    {
        using var server = new TcpTestServer(async connection =>
        {
            var message = new byte[ProbeBytes];
            await TcpTestServer.ReceiveAll(connection, message);
            await TcpTestServer.SendAll(connection, message.AsMemory(0, ProbeBytes / 2));
            await TcpTestServer.Ignore(connection);
        });
        Assert.Equal("probe: no answer within 0.05 s", Failure(server.EndPoint, TimeSpan.FromSeconds(0.05)));
    }

    [Fact]
    public void A_server_that_closes_early_is_told()
    {
        using var server = new TcpTestServer(async connection =>
        {
            var message = new byte[ProbeBytes];
            await TcpTestServer.ReceiveAll(connection, message);
            await TcpTestServer.SendAll(connection, message.AsMemory(0, ProbeBytes - 1));
        });
        Assert.Equal(
            "probe: the server closed the connection before its answer was complete",
            Failure(server.EndPoint)
        );
    }

    [Fact]
    public void A_server_that_resets_is_told()
    {
        using var server = new TcpTestServer(async connection =>
        {
            await TcpTestServer.ReceiveAll(connection, new byte[ProbeBytes]);
            connection.LingerState = new(enable: true, seconds: 0);
        });
        Assert.Contains("reset", Failure(server.EndPoint), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_port_without_a_server_is_told()
    {
        using var port = new DeafPort();
        Assert.Contains("refused", Failure(port.EndPoint), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_interruption_is_no_failure_of_the_server()
    {
        using var server = new TcpTestServer(TcpTestServer.Ignore);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            s_probe.Check(server.EndPoint, ProbeEffort.BeforeMeasuring, stop.Token)
        );
    }

    // However long that takes.
    private static void Passes(TcpTestServer server, ProbeEffort effort) =>
        s_probe.Check(server.EndPoint, effort with { Patience = Servers.Patience.Limit }, CancellationToken.None);

    private static ProbeEffort Thorough(TimeSpan patience) => ProbeEffort.BeforeMeasuring with { Patience = patience };

    private static string Failure(IPEndPoint server, TimeSpan? patience = null) =>
        Assert
            .Throws<TrialException>(() =>
                s_probe.Check(server, Thorough(patience ?? Servers.Patience.Limit), CancellationToken.None)
            )
            .Message;
}
