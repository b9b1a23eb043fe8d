using System.Net;
using System.Net.Sockets;
using C10k.Nodes;
using C10k.Nodes.Processes;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.Harness.Trials;

/// <summary>Who listens behind a port, with real processes and sockets.</summary>
public sealed class PortOwnerTests
{
    private const int SoReusePort = 15;
    private static readonly string Mine = $"belongs to process {Environment.ProcessId} ({MyProgram()}";

    [Theory]
    [InlineData("poll")]
    [InlineData("kestrel")]
    [InlineData("prefork:workers=2")]
    [InlineData("epoll-workers:workers=3,listener=reuseport")]
    public async Task A_server_has_its_own_port(string model)
    {
        await using var server = await ServerUnderTest.Start(model);
        PortOwner.Check(server.EndPoint, server.ProcessId);
    }

    [Fact]
    public async Task What_a_server_started_may_listen_in_its_place()
    {
        await using var server = await ServerUnderTest.StartThrough(["sh", "-c", "\"$0\" \"$@\"; exit"], "poll");
        PortOwner.Check(server.EndPoint, server.ProcessId);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    public async Task A_port_of_somebody_else_is_refused_with_his_name(string bound, string announced)
    {
        await using var server = await ServerUnderTest.Start("poll");
        using var other = Listen(new IPEndPoint(IPAddress.Parse(bound), 0), shares: false);
        var endPoint = new IPEndPoint(IPAddress.Parse(announced), ((IPEndPoint)other.LocalEndPoint!).Port);
        var refused = Assert.Throws<NodeException>(() => PortOwner.Check(endPoint, server.ProcessId));
        Assert.StartsWith($"{endPoint} {Mine}", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            $", not to the server that was started (process {server.ProcessId})",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_joins_a_server_at_its_port_is_found()
    {
        await using var server = await ServerUnderTest.Start("epoll-workers:workers=2,listener=reuseport");
        using var other = Listen(server.EndPoint, shares: true);
        var refused = Assert.Throws<NodeException>(() => PortOwner.Check(server.EndPoint, server.ProcessId));
        Assert.Contains(Mine, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_listens_on_all_addresses_takes_nothing_from_who_listens_on_one()
    {
        await using var server = await ServerUnderTest.Start("poll");
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            other.Bind(new IPEndPoint(IPAddress.Any, server.EndPoint.Port));
            other.Listen();
        }
        catch (SocketException)
        {
            return; // The kernel does not even let it.
        }
        PortOwner.Check(server.EndPoint, server.ProcessId);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_refused()
    {
        await using var server = await ServerUnderTest.Start("poll");
        using var unused = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endPoint = (IPEndPoint)unused.LocalEndPoint!;
        var refused = Assert.Throws<NodeException>(() => PortOwner.Check(endPoint, server.ProcessId));
        Assert.Equal($"nobody listens on {endPoint}, which the server announced", refused.Message);
    }

    // As the kernel tells of a socket when others come before it between two pieces of its list.
    [Fact]
    public void A_socket_that_is_listed_twice_is_one()
    {
        var row = "0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 7117 1".Split(' ');
        var found = ListeningSockets.Behind(new IPEndPoint(IPAddress.Loopback, 5000), [row, row]);
        Assert.Equal(7117, Assert.Single(found).Inode);
    }

    [Fact]
    public void A_socket_that_one_look_passes_over_is_found_by_the_next()
    {
        using var mine = Listen(new IPEndPoint(IPAddress.Loopback, 0), shares: false);
        var endPoint = (IPEndPoint)mine.LocalEndPoint!;
        var looks = 0;
        PortOwner.Check(endPoint, Environment.ProcessId, Look);
        Assert.Equal(2, looks);

        IReadOnlyList<ListeningSocket> Look() =>
            looks++ == 0 ? [] : ListeningSockets.Behind(endPoint, Environment.ProcessId);
    }

    // A line has room for so much of it.
    private static string MyProgram()
    {
        var program = File.ReadAllText("/proc/self/cmdline").Split('\0')[0];
        return program[..Math.Min(program.Length, 80)];
    }

    private static Socket Listen(IPEndPoint endPoint, bool shares)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            socket.DualMode = true;
        if (shares)
            socket.SetRawSocketOption(1, SoReusePort, BitConverter.GetBytes(1));
        socket.Bind(endPoint);
        socket.Listen();
        return socket;
    }
}
