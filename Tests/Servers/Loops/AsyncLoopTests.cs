using C10k.Servers.Models.Loops;
using Xunit;

namespace C10k.Tests.Servers.Loops;

/// <summary>Async methods on an event loop: one thread, no allocation for a wait, and an end for everybody.</summary>
public sealed class AsyncLoopTests : IDisposable
{
    private readonly EventLoop _loop = EventLoops.On();
    private readonly List<string> _seen = [];

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void Methods_go_on_when_what_they_await_has_come_on_the_thread_of_the_loop()
    {
        using var happened = new Event();
        var threads = new HashSet<int>();
        _loop.RunUntilComplete(Task.WhenAll(Receive(), SignalIt()));
        Assert.Equal(["signalled", "received"], _seen);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);

        async Task Receive()
        {
            await _loop.Readable(happened.Descriptor);
            threads.Add(Environment.CurrentManagedThreadId);
            _seen.Add("received");
        }

        async Task SignalIt()
        {
            await _loop.Sleep(TimeSpan.FromMilliseconds(1));
            threads.Add(Environment.CurrentManagedThreadId);
            _seen.Add("signalled");
            happened.Signal();
        }
    }

    [Fact]
    public void A_method_that_is_awaited_may_await_in_turn()
    {
        using var happened = Event.Signalled();
        _loop.RunUntilComplete(Outer());
        Assert.Equal(["42"], _seen);

        async Task Outer() => _seen.Add($"{await Inner()}");

        async Task<int> Inner()
        {
            await _loop.Writable(happened.Descriptor);
            await _loop.Readable(happened.Descriptor);
            return 42;
        }
    }

    [Fact]
    public void What_a_method_throws_passes_through_those_that_await_it_and_harms_no_other()
    {
        _loop.RunUntilComplete(Task.WhenAll(Guarded(), Other()));
        Assert.Equal(["caught it", "other is done"], _seen.Order());

        async Task Guarded()
        {
            try
            {
                await Fail("it");
            }
            catch (InvalidOperationException failure)
            {
                _seen.Add($"caught {failure.Message}");
            }
        }

        async Task Other()
        {
            for (var i = 0; i < 3; i++)
                await _loop.Sleep(TimeSpan.FromMilliseconds(1));
            _seen.Add("other is done");
        }
    }

    [Fact]
    public void When_the_main_method_ends_all_others_are_cancelled_where_they_wait()
    {
        using var never = new Event();
        var reader = Noted("reader", ReadOnce(never));
        var sleeper = Noted("sleeper", SleepForHours());
        _loop.RunUntilComplete(SleepShortly());
        Assert.Equal(["reader ends", "sleeper ends"], _seen.Order());
        Assert.True(reader.IsCanceled);
        Assert.True(sleeper.IsCanceled);
    }

    [Fact]
    public void What_the_main_method_throws_is_thrown_to_whoever_runs_it_when_all_others_have_ended()
    {
        var sleeper = Noted("sleeper", SleepForHours());
        var failure = Assert.Throws<InvalidOperationException>(() => _loop.RunUntilComplete(Fail("main fails")));
        Assert.Equal("main fails", failure.Message);
        Assert.Equal(["sleeper ends"], _seen);
        Assert.True(sleeper.IsCanceled);
    }

    [Fact]
    public void To_wait_again_allocates_nothing()
    {
        const int Times = 10;
        const int Waits = 1000;
        using var happened = Event.Signalled();
        var least = long.MaxValue;
        _loop.RunUntilComplete(Wait());
        Assert.Equal(0, least);

        // The least of some times: beside many busy threads the runtime once counted 8,128 bytes, the rest of an allocation buffer of 8 KiB.
        async Task Wait()
        {
            for (var time = 0; time < Times; time++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var wait = 0; wait < Waits; wait++)
                {
                    await _loop.Readable(happened.Descriptor);
                    await _loop.Sleep(TimeSpan.Zero);
                }
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }
    }

    private async Task Noted(string name, Task work)
    {
        try
        {
            await work;
        }
        finally
        {
            _seen.Add($"{name} ends");
        }
    }

    private async Task Fail(string message)
    {
        await _loop.Sleep(TimeSpan.FromMilliseconds(1));
        throw new InvalidOperationException(message);
    }

    private async Task ReadOnce(Event happened) => await _loop.Readable(happened.Descriptor);

    private async Task SleepForHours() => await _loop.Sleep(TimeSpan.FromHours(1));

    private async Task SleepShortly() => await _loop.Sleep(TimeSpan.FromMilliseconds(1));
}
