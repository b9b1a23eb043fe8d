using C10k.Harness.Charts;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class LabelPlacementTests
{
    [Fact]
    public void Labels_with_room_stay_where_they_are() =>
        Assert.Equal([50, 10, 90], LabelPlacement.Spread([50, 10, 90], 16, 0, 100));

    [Fact]
    public void Labels_at_one_place_stand_around_it() =>
        Assert.Equal([40, 50, 60], LabelPlacement.Spread([50, 50, 50], 10, 0, 100));

    [Fact]
    public void Labels_that_touch_push_each_other_by_the_same_distance() =>
        Assert.Equal([47, 57], LabelPlacement.Spread([50, 54], 10, 0, 100));

    [Fact]
    public void Blocks_that_meet_become_one() =>
        Assert.Equal([35, 45, 55, 65], LabelPlacement.Spread([46, 46, 54, 54], 10, 0, 100));

    [Fact]
    public void Labels_do_not_leave_the_column() =>
        Assert.Equal([5, 15, 85, 95], LabelPlacement.Spread([0, 0, 100, 100], 10, 0, 100));

    [Fact]
    public void No_labels_are_no_problem() => Assert.Empty(LabelPlacement.Spread([], 10, 0, 100));

    [Theory]
    [InlineData(2)]
    [InlineData(24)]
    [InlineData(60)]
    public void Labels_never_overlap_and_keep_their_order(int count)
    {
        var random = new Random(count);
        for (int n = 0; n < 200; n++)
        {
            double[] wanted = [.. Enumerable.Range(0, count).Select(_ => Math.Pow(random.NextDouble(), 3) * 960)];
            double[] placed = LabelPlacement.Spread(wanted, 16, 0, 960);
            int[] order = [.. Enumerable.Range(0, count).OrderBy(i => wanted[i])];
            Assert.All(
                order.Zip(order.Skip(1)),
                pair => Assert.True(placed[pair.Second] - placed[pair.First] > 15.999)
            );
            Assert.All(placed, centre => Assert.InRange(centre, 7.999, 952.001));
        }
    }

    // The labels leave the best places only to make room: no other order-keeping placement moves them less in sum.
    [Fact]
    public void Labels_move_as_little_as_possible()
    {
        double[] wanted = [10, 12, 13, 40, 41, 80];
        double[] placed = LabelPlacement.Spread(wanted, 10, -100, 200);
        double best = Moved(wanted, placed);
        var random = new Random(1);
        for (int n = 0; n < 2_000; n++)
        {
            double[] other = [.. placed.Select(p => p + ((random.NextDouble() - 0.5) * 4))];
            bool overlaps = other.Zip(other.Skip(1)).Any(pair => pair.Second - pair.First < 10);
            Assert.True(overlaps || Moved(wanted, other) >= best - 1e-9);
        }
    }

    private static double Moved(double[] wanted, double[] placed) =>
        wanted.Zip(placed).Sum(pair => Math.Pow(pair.First - pair.Second, 2));
}
