using System.Net;
using C10k.Hosting;
using C10k.Linux;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.Shared.Hosting;

public sealed class ListenerTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public void It_tells_the_port_that_the_kernel_chose()
    {
        using var listener = Listener.Open(AnyPort, backlog: 1, nonBlocking: true);
        Assert.Equal(IPAddress.Loopback, listener.EndPoint.Address);
        Assert.NotEqual(0, listener.EndPoint.Port);
    }

    [Fact]
    public void A_taken_port_is_refused_by_name()
    {
        using var listener = Listener.Open(AnyPort, backlog: 1, nonBlocking: true);
        var refused = Assert.Throws<SystemCallException>(() => Listener.Open(listener.EndPoint, 1, nonBlocking: true));
        Assert.Equal(Errno.EADDRINUSE, refused.Errno);
        Assert.StartsWith("bind: EADDRINUSE (", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_client_nobody_is_accepted_and_after_a_stop_nobody_ever()
    {
        using var listener = Listener.Open(AnyPort, backlog: 1, nonBlocking: true);
        Assert.Equal(Accepted.Nobody, listener.Accept());
        listener.Stop();
        Assert.Equal(Accepted.Stopped, listener.Accept());
    }

    [Fact]
    public async Task A_stop_wakes_who_is_blocked_in_accept()
    {
        using var listener = Listener.Open(AnyPort, backlog: 1, nonBlocking: false);
        var accepting = Task.Factory.StartNew(listener.Accept, TaskCreationOptions.LongRunning);
        listener.Stop();
        Assert.Equal(Accepted.Stopped, await accepting.WaitAsync(Patience.Limit));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_client_is_accepted_in_the_mode_of_the_listener(bool nonBlocking)
    {
        using var listener = Listener.Open(AnyPort, backlog: 1, nonBlocking);
        var client = Syscall.OpenTcpSocket(nonBlocking: false);
        Assert.Equal(Errno.None, Syscall.Connect(client, listener.EndPoint));

        var accepted = listener.Accept();
        Assert.True(accepted.IsConnection);
        Assert.Equal(nonBlocking, IsNonBlocking(accepted.Descriptor));
        Assert.True(listener.HasRoomFor(accepted.Descriptor));
        Syscall.Close(accepted.Descriptor);
        Syscall.Close(client);
    }

    [Fact]
    public void Several_listen_on_one_port_and_share_its_clients()
    {
        var listeners = Listener.OpenOnOnePort(3, AnyPort, backlog: 200, nonBlocking: true);
        Assert.Single(listeners.Select(listener => listener.EndPoint).Distinct());
        var clients = Enumerable.Range(0, 100).Select(_ => Syscall.OpenTcpSocket(nonBlocking: false)).ToList();
        foreach (var client in clients)
            Assert.Equal(Errno.None, Syscall.Connect(client, listeners[0].EndPoint));

        var accepted = listeners.Select(AcceptAll).ToList();
        Assert.Equal(clients.Count, accepted.Sum(own => own.Count));
        Assert.All(accepted, Assert.NotEmpty); // By a hash of 100 ports: that one of three gets none is less likely than one in 10^17.
        foreach (var descriptor in accepted.SelectMany(own => own).Concat(clients))
            Syscall.Close(descriptor);
        foreach (var listener in listeners)
            listener.Dispose();
    }

    // The kernel would let them share it, and give them a part of each other's clients.
    [Fact]
    public void A_port_that_others_share_already_is_refused_by_name()
    {
        var listeners = Listener.OpenOnOnePort(2, AnyPort, backlog: 1, nonBlocking: true);
        var refused = Assert.Throws<SystemCallException>(() =>
            Listener.OpenOnOnePort(2, listeners[0].EndPoint, backlog: 1, nonBlocking: true)
        );
        Assert.Equal(Errno.EADDRINUSE, refused.Errno);
        foreach (var listener in listeners)
            listener.Dispose();
    }

    private static List<int> AcceptAll(Listener listener)
    {
        var accepted = new List<int>();
        while (listener.Accept() is { IsConnection: true } connection)
            accepted.Add(connection.Descriptor);
        return accepted;
    }

    private static bool IsNonBlocking(int descriptor)
    {
        var flags = File.ReadLines($"/proc/self/fdinfo/{descriptor}")
            .First(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & Socket.SOCK_NONBLOCK) != 0;
    }
}
