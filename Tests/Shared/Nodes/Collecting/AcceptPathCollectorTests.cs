using System.Net;
using System.Net.Sockets;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

public sealed class AcceptPathCollectorTests
{
    private static readonly TreeSnapshot Server = new(0, 1, 1, default, default, default, 0, null, "not of interest");

    private readonly Dictionary<string, string> _files = [];

    [Fact]
    public void Figures_are_what_was_added_from_the_beginning_to_the_end()
    {
        var collector = Begin("TcpExt: ListenOverflows ListenDrops\nTcpExt: 10 20\n", "Tcp: RetransSegs\nTcp: 5\n");

        Write("TcpExt: ListenOverflows ListenDrops\nTcpExt: 13 27\n", "Tcp: RetransSegs\nTcp: 5\n");

        Assert.Equal([3.0, 7.0, 0.0], collector.End().Select(value => value.Value));
        Assert.All(collector.End(), value => Assert.Equal(MetricValue.WholeTrial, value.Window));
    }

    [Fact]
    public void A_server_that_has_ended_is_judged_by_the_last_border()
    {
        var collector = Begin("TcpExt: ListenOverflows ListenDrops\nTcpExt: 10 20\n", "Tcp: RetransSegs\nTcp: 5\n");
        Write("TcpExt: ListenOverflows ListenDrops\nTcpExt: 11 22\n", "Tcp: RetransSegs\nTcp: 8\n");
        collector.Border(new WindowBorder(0, 0, Server));

        _files.Clear();

        Assert.Equal([1.0, 2.0, 3.0], collector.End().Select(value => value.Value));
    }

    [Fact]
    public void A_counter_the_kernel_does_not_tell_is_missing_by_name()
    {
        var collector = Begin("TcpExt: ListenOverflows\nTcpExt: 1\n", "Tcp: RetransSegs\nTcp: 5\n");

        var missing = Assert.Single(collector.End(), value => value.Value is null);

        Assert.Equal(MetricIds.ListenDrops, missing.MetricId);
        Assert.Contains("netstat tells no TcpExt ListenDrops", missing.Unavailable, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_read_leave_nothing_but_reasons()
    {
        var collector = new AcceptPathCollector(_ => null);
        collector.Begin(new TrialContext(1, Server));

        Assert.All(collector.End(), value => Assert.True(value is { Value: null, Unavailable: not null }));
    }

    [Fact]
    public void A_queue_that_overflows_is_seen_in_the_real_files()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var collector = new AcceptPathCollector();
        collector.Begin(new TrialContext(Environment.ProcessId, Server));

        // Nobody accepts: two connections fill the queue, and the next ones find it full.
        var clients = Enumerable.Range(0, 8).Select(_ => BeginConnect(listener.LocalEndPoint!)).ToList();

        var values = collector.End().ToDictionary(value => value.MetricId, value => value.Value);
        clients.ForEach(client => client.Dispose());
        Assert.True(values[MetricIds.ListenOverflows] >= 1);
        Assert.True(values[MetricIds.ListenDrops] >= 1);
    }

    private static Socket BeginConnect(EndPoint server)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        var connecting = Assert.ThrowsAny<SocketException>(() => client.Connect(server));
        Assert.Equal(SocketError.WouldBlock, connecting.SocketErrorCode);
        return client;
    }

    private AcceptPathCollector Begin(string netstat, string snmp)
    {
        Write(netstat, snmp);
        var collector = new AcceptPathCollector(_files.GetValueOrDefault);
        collector.Begin(new TrialContext(42, Server));
        return collector;
    }

    private void Write(string netstat, string snmp)
    {
        _files["/proc/42/net/netstat"] = netstat;
        _files["/proc/42/net/snmp"] = snmp;
    }
}
