using System.Diagnostics;
using C10k.Servers.Models.Loops;
using Xunit;

namespace C10k.Tests.Servers.Loops;

/// <summary>Callbacks come once, in order, and only to those who wait; the same over every poller.</summary>
public sealed class EventLoopTests
{
    public static TheoryData<string> Pollers => EventLoops.Pollers;

    [Theory]
    [MemberData(nameof(Pollers))]
    public void Timers_fire_in_the_order_of_their_times_and_none_too_early(string poller)
    {
        using var loop = EventLoops.On(poller);
        var fired = new List<(TimeSpan Earliest, TimeSpan Latest)>();
        var clock = Stopwatch.StartNew();
        foreach (var delay in new[] { 9, 1, 5.5, 3, 7, 1, 0, 2.5 }.Select(TimeSpan.FromMilliseconds))
        {
            // The time counts from somewhere within the call, which may take long on a busy machine.
            var due = (Earliest: clock.Elapsed + delay, Latest: TimeSpan.Zero);
            loop.After(delay, () => Fire(due));
            due.Latest = clock.Elapsed + delay;
        }
        loop.TurnUntil(() => fired.Count == 8);
        Assert.All(fired.Zip(fired.Skip(1)), pair => Assert.True(pair.First.Earliest <= pair.Second.Latest));

        void Fire((TimeSpan Earliest, TimeSpan Latest) due)
        {
            Assert.True(clock.Elapsed >= due.Earliest);
            fired.Add(due);
        }
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void A_timer_without_delay_that_is_set_again_and_again_keeps_no_descriptor_waiting(string poller)
    {
        using var loop = EventLoops.On(poller);
        using var happened = Event.Signalled();
        var isReady = false;
        loop.WhenReadable(happened.Descriptor, () => isReady = true);
        Again();

        loop.TurnUntil(() => isReady);

        void Again() => loop.After(TimeSpan.Zero, Again);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void A_callback_is_called_once(string poller)
    {
        using var loop = EventLoops.On(poller);
        using var happened = Event.Signalled();
        var calls = 0;
        loop.WhenReadable(happened.Descriptor, () => calls++);

        for (var turn = 0; turn < 5; turn++)
            TurnOnce(loop);
        Assert.Equal(1, calls);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void A_descriptor_that_is_ready_while_nobody_waits_for_it_does_not_make_the_loop_spin(string poller)
    {
        using var loop = EventLoops.On(poller);
        using var happened = Event.Signalled();
        loop.WhenReadable(happened.Descriptor, () => { });
        loop.Turn();

        var isOver = false;
        loop.After(TimeSpan.FromMilliseconds(20), () => isOver = true);
        var turns = 0;
        loop.TurnUntil(() => turns++ > 3 || isOver);
        Assert.True(isOver, "the loop turned again and again for a descriptor that nobody waits for");

        var calls = 0;
        loop.WhenReadable(happened.Descriptor, () => calls++);
        loop.Turn();
        Assert.Equal(1, calls);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void A_descriptor_is_waited_for_in_one_direction_and_then_in_the_other(string poller)
    {
        using var loop = EventLoops.On(poller);
        using var happened = new Event();
        var seen = new List<string>();
        loop.WhenReadable(happened.Descriptor, () => seen.Add("readable"));
        TurnOnce(loop);
        Assert.Empty(seen);

        loop.WhenWritable(happened.Descriptor, () => seen.Add("writable"));
        loop.Turn();
        loop.WhenReadable(happened.Descriptor, () => seen.Add("readable"));
        TurnOnce(loop);
        happened.Signal();
        loop.Turn();
        Assert.Equal(["writable", "readable"], seen);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void A_descriptor_that_another_callback_of_the_same_turn_forgot_is_not_called_back(string poller)
    {
        using var loop = EventLoops.On(poller);
        using var one = Event.Signalled();
        using var other = Event.Signalled();
        var called = new List<Event>();
        loop.WhenReadable(one.Descriptor, () => Close(one, other));
        loop.WhenReadable(other.Descriptor, () => Close(other, one));

        loop.Turn();
        TurnOnce(loop);
        Assert.Single(called);

        void Close(Event me, Event neighbour)
        {
            called.Add(me);
            loop.Forget(neighbour.Descriptor);
        }
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void Many_descriptors_are_told_apart(string poller)
    {
        using var loop = EventLoops.On(poller);
        var events = Enumerable.Range(0, 300).Select(_ => new Event()).ToList();
        var called = new HashSet<int>();
        foreach (var happened in events)
            loop.WhenReadable(happened.Descriptor, () => called.Add(happened.Descriptor));
        var chosen = events.Where((_, index) => index % 7 == 3).ToList();
        chosen.ForEach(happened => happened.Signal());

        loop.TurnUntil(() => called.Count >= chosen.Count);
        TurnOnce(loop);
        Assert.Equal(chosen.Select(happened => happened.Descriptor).Order(), called.Order());
        events.ForEach(happened => happened.Dispose());
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void Cancelling_calls_back_whoever_waits_for_whatever(string poller)
    {
        using var loop = EventLoops.On(poller);
        using var first = new Event();
        using var second = new Event();
        var called = new List<string>();
        loop.WhenReadable(first.Descriptor, () => called.Add($"first {loop.IsCancelled}"));
        loop.WhenReadable(second.Descriptor, () => called.Add($"second {loop.IsCancelled}"));
        loop.After(TimeSpan.FromHours(1), () => called.Add($"timer {loop.IsCancelled}"));

        loop.CancelWaits();
        Assert.Equal(["first True", "second True", "timer True"], called.Order());
    }

    // Ends by a timer, if nothing else is there to end it.
    private static void TurnOnce(EventLoop loop)
    {
        var isOver = false;
        loop.After(TimeSpan.FromMilliseconds(1), () => isOver = true);
        loop.TurnUntil(() => isOver);
    }
}
