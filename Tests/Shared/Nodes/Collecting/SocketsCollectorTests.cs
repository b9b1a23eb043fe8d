using System.Net;
using System.Net.Sockets;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>The kernel's own account of real connections.</summary>
public sealed class SocketsCollectorTests : IDisposable
{
    private static readonly TreeSnapshot Server = new(0, 1, 1, default, default, default, 0, null, null);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public SocketsCollectorTests() => _server.Start();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void What_came_in_over_the_connections_of_the_port_is_counted_and_nothing_else()
    {
        using var first = new Connection(_server);
        using var second = new Connection(_server);
        first.Send(1000);
        var collector = Begin();
        first.Send(3000);
        second.Send(500);
        var totals = Read(collector);
        Assert.True(totals[MetricIds.ServerReceivedBytes].Value > 0);
        Assert.True(totals[MetricIds.SocketMemoryMb].Value >= 0);
        // The same question without the division by time.
        using var kernel = new C10k.Linux.SocketDiagnosis();
        Assert.Equal((2, 4500), (kernel.Read(Port).Connections, kernel.Read(Port).BytesReceived));
    }

    [Fact]
    public void Bytes_that_nobody_has_read_are_kernel_memory()
    {
        using var connection = new Connection(_server);
        using var kernel = new C10k.Linux.SocketDiagnosis();
        var before = kernel.Read(Port).BufferBytes;
        connection.SendUnread(100_000);
        Assert.InRange(kernel.Read(Port).BufferBytes - before, 100_000, 10_000_000);
    }

    [Fact]
    public void When_a_connection_ends_meanwhile_the_bytes_are_not_known()
    {
        using var stays = new Connection(_server);
        var leaves = new Connection(_server);
        var collector = Begin();
        leaves.Dispose();
        var bytes = Read(collector)[MetricIds.ServerReceivedBytes];
        Assert.Equal((null, "connections came or went while it was measured"), (bytes.Value, bytes.Unavailable));
    }

    [Fact]
    public void A_port_without_connections_has_no_figures() =>
        Assert.All(
            Read(Begin()).Values,
            value => Assert.Contains("no connection to port", value.Unavailable, StringComparison.Ordinal)
        );

    private int Port => ((IPEndPoint)_server.LocalEndpoint).Port;

    private SocketsCollector Begin()
    {
        var collector = new SocketsCollector();
        collector.Begin(new TrialContext(Environment.ProcessId, Server) { ServerPort = Port });
        collector.Border(new WindowBorder(0, 0, Server));
        return collector;
    }

    private static Dictionary<string, MetricValue> Read(SocketsCollector collector) =>
        collector.End().ToDictionary(value => value.MetricId);

    private sealed class Connection : IDisposable
    {
        private readonly TcpClient _client = new();
        private readonly Socket _accepted;

        public Connection(TcpListener server)
        {
            _client.Connect((IPEndPoint)server.LocalEndpoint);
            _accepted = server.AcceptSocket();
        }

        public void Send(int bytes)
        {
            SendUnread(bytes);
            var buffer = new byte[bytes];
            for (var read = 0; read < bytes; )
                read += _accepted.Receive(buffer.AsSpan(read));
        }

        public void SendUnread(int bytes)
        {
            _client.GetStream().Write(new byte[bytes]);
            // Loopback delivers before send returns, as far as there is room.
            while (_accepted.Available < bytes)
                Thread.Yield();
        }

        public void Dispose()
        {
            _client.Dispose();
            // The end of the other side must have come before ours is gone too.
            _ = _accepted.Receive(new byte[1]);
            _accepted.Dispose();
        }
    }
}
