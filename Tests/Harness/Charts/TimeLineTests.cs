using C10k.Harness.Charts;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class TimeLineTests
{
    [Fact]
    public void Windows_follow_each_other_and_each_counts_its_own_requests()
    {
        var line = TimeLine.Rates([
            Sample(2, 1, 0.5, 100),
            Sample(1, 1, 1, 300),
            Sample(1, 1, 0.5, 50),
            Sample(1, 2, 0.5, 10),
        ]);
        Assert.Equal([new(0.5, 100), new(1, 500), new(1.5, 20), new(2, 200)], line);
    }

    [Fact]
    public void A_sample_without_a_figure_is_left_out() =>
        Assert.Equal(
            [new TimePoint(0.5, 7)],
            TimeLine.Levels([Sample(1, 1, 0.5, 1) with { Threads = 7 }, Sample(1, 1, 1, 1)], sample => sample.Threads)
        );

    [Fact]
    public void A_stall_of_one_sample_among_thousands_is_still_to_be_seen()
    {
        var line = Enumerable.Range(0, 5000).Select(n => new TimePoint(n, n == 3210 ? 0 : 1000 + (n % 3))).ToList();
        var thin = TimeLine.Thin(line, most: 50);
        Assert.Equal(50, thin.Count);
        Assert.Contains(line[3210], thin);
        Assert.Equal((line[0], line[^1]), (thin[0], thin[^1]));
        Assert.Equal(thin.OrderBy(point => point.Seconds), thin);
    }

    [Fact]
    public void A_short_line_stays_as_it_is()
    {
        TimePoint[] line = [new(0, 1), new(1, 2), new(2, 1)];
        Assert.Equal(line, TimeLine.Thin(line));
        Assert.Empty(TimeLine.Thin([]));
    }

    private static SampleRow Sample(int round, int window, double seconds, long requests) =>
        new()
        {
            Model = "poll",
            Workload = "echo",
            Clients = 1,
            Round = round,
            Window = window,
            Seconds = seconds,
            Requests = requests,
        };
}
