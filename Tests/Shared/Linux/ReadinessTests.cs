using C10k.Linux;
using Xunit;

namespace C10k.Tests.Shared.Linux;

/// <summary>select, poll and epoll agree on which descriptors are ready.</summary>
public sealed class ReadinessTests : IDisposable
{
    // Beyond the 1,024 bits of the C library's fd_set, which are no limit of the kernel's.
    private const int Many = 1_100;

    private readonly int[] _counters = [.. Enumerable.Range(0, Many).Select(_ => Syscall.CreateEventCounter())];

    public void Dispose()
    {
        foreach (var counter in _counters)
            Syscall.Close(counter);
    }

    [Fact]
    public void Select_finds_a_descriptor_beyond_1024()
    {
        var descriptor = _counters.Max();
        Assert.True(descriptor >= 1024);
        Syscall.Signal(descriptor);
        var (read, write) = (new ulong[descriptor / 64 + 1], new ulong[descriptor / 64 + 1]);
        foreach (var counter in _counters)
            read[counter / 64] |= 1ul << (counter % 64);

        Assert.Equal(1, Syscall.WaitSelect(descriptor + 1, read, write));
        Assert.Equal(1ul << (descriptor % 64), read[descriptor / 64]);
        Assert.Equal(1, read.Sum(word => (int)ulong.PopCount(word)));
    }

    [Fact]
    public void Select_finds_room_to_write()
    {
        var descriptor = _counters[0];
        var (read, write) = (new ulong[descriptor / 64 + 1], new ulong[descriptor / 64 + 1]);
        write[descriptor / 64] = 1ul << (descriptor % 64);
        Assert.Equal(1, Syscall.WaitSelect(descriptor + 1, read, write));
        Assert.Equal(1ul << (descriptor % 64), write[descriptor / 64]);
    }

    [Fact]
    public void Poll_finds_which_are_ready()
    {
        var entries = _counters.Select(counter => new pollfd { fd = counter, events = Poll.POLLIN }).ToArray();
        Assert.Equal(0, Syscall.WaitPoll(entries, TimeSpan.Zero));
        Syscall.Signal(_counters[7]);
        Syscall.Signal(_counters[1_007]);
        Assert.Equal(2, Syscall.WaitPoll(entries));
        Assert.Equal(
            [_counters[7], _counters[1_007]],
            entries.Where(entry => entry.revents == Poll.POLLIN).Select(entry => entry.fd)
        );
    }

    [Fact]
    public void Poll_tells_a_descriptor_that_is_not_open()
    {
        pollfd[] entries = [new() { fd = int.MaxValue, events = Poll.POLLIN }];
        Assert.Equal(1, Syscall.WaitPoll(entries));
        Assert.Equal(Poll.POLLNVAL, entries[0].revents);
    }

    [Fact]
    public void Epoll_finds_which_are_ready_and_hands_back_the_number()
    {
        using var events = new EpollEvents(16);
        var epoll = Epolling();
        Syscall.Signal(_counters[7]);
        Syscall.Signal(_counters[1_007]);
        Assert.Equal(2, Syscall.WaitEpoll(epoll, events));
        Assert.Equal([_counters[7], _counters[1_007]], new[] { events.Data(0), events.Data(1) }.Order());
        Assert.All([events.Mask(0), events.Mask(1)], mask => Assert.Equal(Epoll.EPOLLIN, mask));
        Syscall.Close(epoll);
    }

    [Fact]
    public void Epoll_hands_over_no_more_than_there_is_room_for()
    {
        using var events = new EpollEvents(16);
        var epoll = Epolling();
        foreach (var counter in _counters)
            Syscall.Signal(counter);
        Assert.Equal(16, Syscall.WaitEpoll(epoll, events));
        Syscall.Close(epoll);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Epoll_hands_back_any_number_as_it_was(int data)
    {
        using var events = new EpollEvents(2);
        var epoll = Syscall.CreateEpoll();
        Syscall.ControlEpoll(epoll, Epoll.EPOLL_CTL_ADD, _counters[0], Epoll.EPOLLIN | Epoll.EPOLLET, data);
        Syscall.Signal(_counters[0]);
        Assert.Equal(1, Syscall.WaitEpoll(epoll, events));
        Assert.Equal(data, events.Data(0));
        Assert.Equal(0, Syscall.WaitEpoll(epoll, events, TimeSpan.Zero)); // Edge-triggered: told once.
        Syscall.Close(epoll);
    }

    [Fact]
    public void A_mistake_with_epoll_is_named()
    {
        var epoll = Epolling();
        var failed = Assert.Throws<SystemCallException>(() =>
            Syscall.ControlEpoll(epoll, Epoll.EPOLL_CTL_ADD, -1, Epoll.EPOLLIN)
        );
        Assert.Equal("epoll_ctl: EBADF (Bad file descriptor)", failed.Message);
        Syscall.Close(epoll);
    }

    [Fact]
    public void An_event_counter_that_was_reset_is_silent_until_the_next_signal()
    {
        var counter = _counters[0];
        pollfd[] entry = [new() { fd = counter, events = Poll.POLLIN }];
        Syscall.Signal(counter);
        Syscall.Signal(counter);
        Syscall.Reset(counter);
        Assert.Equal(0, Syscall.WaitPoll(entry, TimeSpan.Zero));
        Syscall.Reset(counter); // Without a signal it must not block.
        Syscall.Signal(counter);
        Assert.Equal(1, Syscall.WaitPoll(entry, TimeSpan.Zero));
    }

    private int Epolling()
    {
        var epoll = Syscall.CreateEpoll();
        foreach (var counter in _counters)
            Syscall.ControlEpoll(epoll, Epoll.EPOLL_CTL_ADD, counter, Epoll.EPOLLIN);
        return epoll;
    }
}
