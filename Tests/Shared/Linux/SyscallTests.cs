using System.Net;
using C10k.Linux;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.Shared.Linux;

/// <summary>What errno becomes: a value where it is everyday, an exception that names call and errno where it must not be.</summary>
public sealed class SyscallTests : IDisposable
{
    private const int NoDescriptor = -1;

    private readonly int _listener = Listening();
    private readonly List<int> _opened = [];

    public void Dispose()
    {
        foreach (var descriptor in _opened.Append(_listener))
            Syscall.Close(descriptor);
    }

    [Fact]
    public void A_call_that_must_not_fail_names_itself_and_errno()
    {
        var failed = Assert.Throws<SystemCallException>(() => Syscall.Listen(NoDescriptor, 1));
        Assert.Equal("listen", failed.Call);
        Assert.Equal(Errno.EBADF, failed.Errno);
        Assert.Equal("listen: EBADF (Bad file descriptor)", failed.Message);
    }

    [Fact]
    public void An_errno_without_a_name_here_is_shown_as_its_number()
    {
        const Errno ENOTTY = (Errno)25;
        Assert.StartsWith("ioctl: 25 (", new SystemCallException("ioctl", ENOTTY).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Binding_to_a_taken_port_fails_by_name()
    {
        var failed = Assert.Throws<SystemCallException>(() => Syscall.Bind(Open(), Syscall.LocalEndPoint(_listener)));
        Assert.Equal(("bind", Errno.EADDRINUSE), (failed.Call, failed.Errno));
    }

    [Fact]
    public void An_address_of_the_other_family_is_refused_before_the_kernel_sees_it() =>
        Assert.Throws<ArgumentException>(() => Syscall.Bind(Open(), new IPEndPoint(IPAddress.IPv6Loopback, 0)));

    [Fact]
    public void A_socket_tells_the_address_and_port_it_was_bound_to()
    {
        var endPoint = Syscall.LocalEndPoint(_listener);
        Assert.Equal(IPAddress.Loopback, endPoint.Address);
        Assert.InRange(endPoint.Port, 1, 65535);
    }

    [Fact]
    public void Connecting_where_nobody_listens_is_a_value()
    {
        var nobody = Open();
        Syscall.Bind(nobody, new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(Errno.ECONNREFUSED, Syscall.Connect(Open(), Syscall.LocalEndPoint(nobody)));
    }

    [Fact]
    public void A_connect_under_way_tells_its_end_as_a_pending_error()
    {
        var nobody = Open();
        Syscall.Bind(nobody, new IPEndPoint(IPAddress.Loopback, 0));
        var connecting = Open(nonBlocking: true);
        Assert.Equal(Errno.EINPROGRESS, Syscall.Connect(connecting, Syscall.LocalEndPoint(nobody)));
        Assert.Equal(1, WaitFor(connecting, Poll.POLLOUT));
        Assert.Equal(Errno.ECONNREFUSED, Syscall.PendingError(connecting));
        Assert.Equal(Errno.None, Syscall.PendingError(connecting));
    }

    [Fact]
    public void Accepting_where_nobody_waits_is_a_value() =>
        Assert.Equal(-(int)Errno.EAGAIN, Syscall.Accept(_listener, nonBlocking: true));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_to_receive_means_would_block(bool now)
    {
        var (_, server) = Connected();
        var transfer = Receive(now, server, new byte[8]);
        Assert.True(transfer is { WouldBlock: true, Moved: false, Ended: false, Failed: false, Errno: Errno.EAGAIN });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_room_to_send_means_would_block(bool now)
    {
        var (_, server) = Connected();
        var bytes = new byte[1 << 20];
        Transfer transfer;
        do transfer = Send(now, server, bytes);
        while (transfer.Moved);
        Assert.True(transfer is { WouldBlock: true, Failed: false });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bytes_that_arrive_are_counted(bool now)
    {
        var (client, server) = Connected();
        Assert.Equal(5, Send(now, client, "hello"u8).Result);
        WaitFor(server, Poll.POLLIN);
        var buffer = new byte[8];
        var transfer = Receive(now, server, buffer);
        Assert.True(transfer is { Moved: true, WouldBlock: false, Ended: false, Failed: false, Errno: Errno.None });
        Assert.Equal("hello"u8.ToArray(), buffer[..transfer.Result]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_peer_that_closed_is_the_end_and_no_failure(bool now)
    {
        var (client, server) = Connected();
        Syscall.ShutDown(client);
        WaitFor(server, Poll.POLLIN);
        var transfer = Receive(now, server, new byte[8]);
        Assert.True(transfer is { Ended: true, Moved: false, WouldBlock: false, Failed: false, Errno: Errno.None });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_peer_that_reset_is_a_failure(bool now)
    {
        var (client, server) = Connected();
        Syscall.SetResetOnClose(client);
        Close(client);
        WaitFor(server, Poll.POLLIN);
        var transfer = Receive(now, server, new byte[8]);
        Assert.True(transfer is { Failed: true, Ended: false, WouldBlock: false, Errno: Errno.ECONNRESET });
    }

    // As a signal, SIGPIPE would end a process that has no runtime to ignore it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sending_on_a_connection_that_was_shut_down_is_a_failure_and_no_signal(bool now)
    {
        var (_, server) = Connected();
        Syscall.ShutDown(server);
        Assert.Equal(Errno.EPIPE, Send(now, server, "x"u8).Errno);
    }

    [Fact]
    public void A_transfer_on_no_descriptor_is_a_failure()
    {
        Assert.Equal(Errno.EBADF, Syscall.Receive(NoDescriptor, new byte[1]).Errno);
        Assert.Equal(Errno.EBADF, Syscall.Send(NoDescriptor, new byte[1]).Errno);
        Assert.Equal(Errno.EBADF, Syscall.Read(NoDescriptor, new byte[1]).Errno);
    }

    [Fact]
    public void Options_on_a_lost_connection_are_no_reason_to_fail()
    {
        Syscall.SetNoDelay(NoDescriptor);
        Syscall.SetResetOnClose(NoDescriptor);
        Syscall.ShutDown(NoDescriptor);
        Syscall.Close(NoDescriptor);
    }

    [Fact]
    public void A_descriptor_moves_to_the_lowest_free_number_and_stays_what_it_was()
    {
        var low = Enumerable.Range(0, 200).Select(_ => Open()).ToList();
        var high = Open();
        Syscall.Bind(high, new IPEndPoint(IPAddress.Loopback, 0));
        var endPoint = Syscall.LocalEndPoint(high);
        low.ForEach(Close);

        var moved = Syscall.MoveToLowest(high);
        _opened.Remove(high);
        _opened.Add(moved);
        Assert.True(moved < high, $"{high} became {moved}"); // Tests beside this one may take some of the lower ones, but not all.
        Assert.Equal(endPoint, Syscall.LocalEndPoint(moved));
        Assert.False(Syscall.IsInherited(moved));
    }

    [Fact]
    public void There_is_a_limit_on_descriptors_and_those_that_are_open_are_below_it() =>
        Assert.InRange(_listener, 0, (int)Syscall.DescriptorLimit().Soft - 1);

    [Fact]
    public void What_this_program_opened_is_not_inherited()
    {
        Assert.False(Syscall.IsInherited(_listener));
        Assert.False(Syscall.IsInherited(NoDescriptor));
        Assert.True(Syscall.IsInherited(1));
    }

    private static int Listening()
    {
        var listener = Syscall.OpenTcpSocket(nonBlocking: true);
        Syscall.Bind(listener, new IPEndPoint(IPAddress.Loopback, 0));
        Syscall.Listen(listener, backlog: 8);
        return listener;
    }

    // Both ends are non-blocking.
    private (int Client, int Server) Connected()
    {
        var client = Open(nonBlocking: true);
        Syscall.Connect(client, Syscall.LocalEndPoint(_listener));
        WaitFor(_listener, Poll.POLLIN);
        var server = Syscall.Accept(_listener, nonBlocking: true);
        Assert.True(server >= 0, $"accept: {(Errno)(-server)}");
        _opened.Add(server);
        return (client, server);
    }

    private int Open(bool nonBlocking = false)
    {
        var descriptor = Syscall.OpenTcpSocket(nonBlocking);
        _opened.Add(descriptor);
        return descriptor;
    }

    private void Close(int descriptor)
    {
        _opened.Remove(descriptor);
        Syscall.Close(descriptor);
    }

    private static int WaitFor(int descriptor, short events) =>
        Syscall.WaitPoll([new pollfd { fd = descriptor, events = events }], Patience.Limit);

    private static Transfer Receive(bool now, int descriptor, Span<byte> buffer) =>
        now ? Syscall.ReceiveNow(descriptor, buffer) : Syscall.Receive(descriptor, buffer);

    private static Transfer Send(bool now, int descriptor, ReadOnlySpan<byte> bytes) =>
        now ? Syscall.SendNow(descriptor, bytes) : Syscall.Send(descriptor, bytes);
}
