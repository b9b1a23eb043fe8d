using C10k.Servers.Models.Loops;
using Xunit;
using static C10k.Servers.Models.Loops.Trap;

namespace C10k.Tests.Servers.Loops;

/// <summary>Generators run first in, first out; delegate; and fail alone.</summary>
public sealed class SchedulerTests : IDisposable
{
    private readonly EventLoop _loop = EventLoops.On();
    private readonly List<string> _seen = [];
    private readonly List<Exception> _crashes = [];
    private readonly Scheduler _scheduler;

    public SchedulerTests() => _scheduler = new Scheduler(_loop, _crashes.Add);

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void Tasks_begin_in_the_order_in_which_they_were_spawned()
    {
        _scheduler.Run(Main());
        Assert.Equal(["a", "b", "c", "child of a"], _seen);

        IEnumerator<Trap> Main()
        {
            _scheduler.Spawn(Parent());
            _scheduler.Spawn(Say("b"));
            _scheduler.Spawn(Say("c"));
            yield return Sleep(TimeSpan.Zero);
        }

        IEnumerator<Trap> Parent()
        {
            _seen.Add("a");
            _scheduler.Spawn(Say("child of a"));
            yield break;
        }
    }

    [Fact]
    public void Tasks_that_give_way_take_turns()
    {
        _scheduler.Run(Main());
        Assert.Equal(["a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3"], _seen);

        IEnumerator<Trap> Main()
        {
            foreach (var name in new[] { "a", "b", "c" })
                _scheduler.Spawn(Count(name));
            yield return From(Until(() => _seen.Count == 9));
        }

        IEnumerator<Trap> Count(string name)
        {
            for (var i = 1; i <= 3; i++)
            {
                _seen.Add($"{name}{i}");
                yield return Sleep(TimeSpan.Zero);
            }
        }
    }

    [Fact]
    public void A_task_that_waits_for_a_descriptor_lets_the_others_run()
    {
        using var happened = new Event();
        _scheduler.Run(Main());
        Assert.Equal(["signalled", "received"], _seen);

        IEnumerator<Trap> Main()
        {
            _scheduler.Spawn(SignalIt());
            yield return Readable(happened.Descriptor);
            _seen.Add("received");
        }

        IEnumerator<Trap> SignalIt()
        {
            yield return Sleep(TimeSpan.FromMilliseconds(1));
            _seen.Add("signalled");
            happened.Signal();
        }
    }

    [Fact]
    public void A_nested_generator_runs_to_its_end_before_its_caller_goes_on()
    {
        _scheduler.Run(Outer());
        Assert.Equal(["outer in", "inner in", "innermost", "inner out", "innermost", "outer out"], _seen);

        IEnumerator<Trap> Outer()
        {
            _seen.Add("outer in");
            yield return From(Inner());
            yield return From(Innermost());
            _seen.Add("outer out");
        }

        IEnumerator<Trap> Inner()
        {
            _seen.Add("inner in");
            yield return From(Innermost());
            _seen.Add("inner out");
        }

        IEnumerator<Trap> Innermost()
        {
            yield return Sleep(TimeSpan.FromMilliseconds(1));
            _seen.Add("innermost");
        }
    }

    [Fact]
    public void Generators_may_be_nested_deeper_than_any_thread_has_stack()
    {
        _scheduler.Run(Descend(1_000_000));
        Assert.Equal(["ground"], _seen);

        IEnumerator<Trap> Descend(int levels)
        {
            if (levels > 0)
                yield return From(Descend(levels - 1));
            else
                _seen.Add("ground");
        }
    }

    [Fact]
    public void What_a_nested_generator_throws_ends_its_callers_from_within_and_no_other_task()
    {
        _scheduler.Run(Main());
        Assert.Equal(["inner ends", "middle ends", "outer ends", "another goes on"], _seen);
        Assert.Equal("inner fails", Assert.Single(_crashes).Message);

        IEnumerator<Trap> Main()
        {
            _scheduler.Spawn(Level("outer", Level("middle", Level("inner", Fail("inner fails")))));
            yield return From(Until(() => _crashes.Count > 0));
            yield return From(Say("another goes on"));
        }
    }

    [Fact]
    public void What_the_main_generator_throws_is_thrown_to_whoever_runs_it_when_all_others_have_ended()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => _scheduler.Run(Main()));
        Assert.Equal("main fails", failure.Message);
        Assert.Equal(["sleeper ends"], _seen);
        Assert.Empty(_crashes);

        IEnumerator<Trap> Main()
        {
            _scheduler.Spawn(Level("sleeper", SleepForHours()));
            yield return From(Fail("main fails"));
        }
    }

    [Fact]
    public void When_the_main_generator_ends_all_others_end_where_they_stand()
    {
        using var never = new Event();
        _scheduler.Run(Main());
        Assert.Equal(["reader ends", "sleeper ends"], _seen.Order());

        IEnumerator<Trap> Main()
        {
            _scheduler.Spawn(Level("reader", WaitFor(never)));
            _scheduler.Spawn(Level("sleeper", SleepForHours()));
            yield return Sleep(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public void A_task_that_was_spawned_at_the_last_moment_begins_and_so_can_end()
    {
        _scheduler.Run(Main());
        Assert.Equal(["late ends"], _seen);

        IEnumerator<Trap> Main()
        {
            _scheduler.Spawn(Level("late", SleepForHours()));
            yield break;
        }
    }

    [Fact]
    public void To_wait_again_allocates_nothing()
    {
        const int Times = 10;
        const int Waits = 1000;
        using var happened = Event.Signalled();
        var least = long.MaxValue;
        _scheduler.Run(Main());
        Assert.Equal(0, least);

        // The least of some times: beside many busy threads the runtime once counted 8,128 bytes, the rest of an allocation buffer of 8 KiB.
        IEnumerator<Trap> Main()
        {
            for (var time = 0; time < Times; time++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var wait = 0; wait < Waits; wait++)
                {
                    yield return Readable(happened.Descriptor);
                    yield return Sleep(TimeSpan.Zero);
                }
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }
    }

    private IEnumerator<Trap> Say(string word)
    {
        _seen.Add(word);
        yield break;
    }

    private IEnumerator<Trap> Level(string name, IEnumerator<Trap> inner)
    {
        try
        {
            yield return From(inner);
        }
        finally
        {
            _seen.Add($"{name} ends");
        }
    }

    private static IEnumerator<Trap> Fail(string message)
    {
        yield return Sleep(TimeSpan.FromMilliseconds(1));
        throw new InvalidOperationException(message);
    }

    private static IEnumerator<Trap> WaitFor(Event happened)
    {
        yield return Readable(happened.Descriptor);
    }

    private static IEnumerator<Trap> SleepForHours()
    {
        yield return Sleep(TimeSpan.FromHours(1));
    }

    private static IEnumerator<Trap> Until(Func<bool> condition)
    {
        while (!condition())
            yield return Sleep(TimeSpan.FromMilliseconds(1));
    }
}
