using C10k.Harness.Capacity;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Capacity;

/// <summary>What is told of a search for a capacity while it goes on.</summary>
public class CapacityDisplayTests
{
    [Fact]
    public void Each_try_has_a_line_with_why_it_does_not_hold()
    {
        var lines = Told(display =>
        {
            display.Tell(Try(100, holds: true) with { P99Us = 1500 });
            display.Tell(Try(200, holds: false) with { Reason = "p99 is 20,412 µs, over 15ms" });
        });
        Assert.Equal(
            [
                "poll 100 requests/s of 25 clients: holds, p99 1.5 ms",
                "poll 200 requests/s of 25 clients: no, p99 is 20,412 µs, over 15ms",
            ],
            lines
        );
    }

    [Fact]
    public void A_try_that_decides_nothing_says_so()
    {
        var disturbed = Try(100, holds: true) with { Counts = false, Suspect = "other programs took 51 % of the CPUs" };
        Assert.Equal(
            [
                "poll 100 requests/s of 25 clients: tried again, for this does not count: other programs took 51 % of the CPUs",
            ],
            Told(display => display.Tell(disturbed))
        );
    }

    [Fact]
    public void Who_interrupts_it_is_told_the_highest_value_that_held()
    {
        var lines = Told(display =>
        {
            display.Tell(Try(100, holds: true));
            display.Tell(Try(200, holds: true));
            display.Tell(Try(400, holds: true) with { Counts = false, Suspect = "disturbed" });
            display.Tell(Try(400, holds: false));
            display.Tell(Try(150, holds: true));
            display.Interrupt();
        });
        Assert.Equal(
            "interrupted; the highest value of poll that held so far: 200 requests/s of 25 clients",
            lines[^1]
        );
    }

    [Fact]
    public void Who_interrupts_it_before_anything_held_is_told_that() =>
        Assert.Equal(["interrupted; no value held so far"], Told(display => display.Interrupt()));

    [Fact]
    public void Clients_are_not_mistaken_for_a_rate()
    {
        var lines = Told(display =>
        {
            display.Tell(Try(1000, holds: true));
            display.Tell(
                Try(0, holds: true) with
                {
                    Searched = CapacityKind.Clients,
                    RateAskedRps = null,
                    Clients = 10,
                }
            );
            display.Interrupt();
        });
        Assert.Equal("interrupted; the highest value of poll that held so far: 10 clients", lines[^1]);
    }

    private static string[] Told(Action<CapacityDisplay> tell)
    {
        using var output = new StringWriter();
        tell(new CapacityDisplay(output));
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static CapacityRow Try(double rate, bool holds) =>
        new()
        {
            Model = "poll",
            Workload = "echo",
            Searched = CapacityKind.Rate,
            Clients = 25,
            RateAskedRps = rate,
            Holds = holds,
            Counts = true,
        };
}
