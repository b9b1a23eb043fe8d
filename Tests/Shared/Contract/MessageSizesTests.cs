using C10k.Contract;
using Xunit;

namespace C10k.Tests.Shared.Contract;

public class MessageSizesTests
{
    [Theory]
    [InlineData("64", 64, 64)]
    [InlineData("16k", 16_384, 16_384)]
    [InlineData("uniform:16-1024", 16, 1_024)]
    [InlineData("uniform:1k-2k", 1_024, 2_048)]
    [InlineData("uniform:5-5", 5, 5)]
    [InlineData("64*9,4096*1", 64, 4_096)]
    [InlineData("64*9+4096*1", 64, 4_096)]
    [InlineData("7*1", 7, 7)]
    public void Three_forms_are_read(string text, int shortest, int longest)
    {
        var sizes = MessageSizes.TryParse(text);
        Assert.NotNull(sizes);
        Assert.Equal((shortest, longest), (sizes.Shortest, sizes.Longest));
        Assert.All(Enumerable.Range(0, 1000), i => Assert.InRange(sizes.Of(i, (uint)i), shortest, longest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("2g")]
    [InlineData("uniform:")]
    [InlineData("uniform:5")]
    [InlineData("uniform:9-5")]
    [InlineData("uniform:0-5")]
    [InlineData("64*")]
    [InlineData("64*0")]
    [InlineData("64*-1")]
    [InlineData("64*9,")]
    [InlineData("64*9,4096")]
    [InlineData("64*9+")]
    [InlineData("64+9")]
    [InlineData("64*9+,4096*1")]
    [InlineData("64*9*2")]
    [InlineData("64*1000001")]
    [InlineData("normal:5-9")]
    public void Everything_else_is_refused(string text) => Assert.Null(MessageSizes.TryParse(text));

    [Fact]
    public void The_size_of_a_message_is_always_the_same_and_that_of_another_is_not()
    {
        var (one, other) = (MessageSizes.TryParse("uniform:1-1m")!, MessageSizes.TryParse("uniform:1-1m")!);
        var sizes = Enumerable.Range(1, 1000).Select(i => one.Of(i, 5)).ToList();
        Assert.Equal(sizes, Enumerable.Range(1, 1000).Select(i => other.Of(i, 5)));
        Assert.InRange(sizes.Distinct().Count(), 990, 1000);
    }

    [Fact]
    public void Sizes_are_as_frequent_as_their_weights_say()
    {
        var sizes = MessageSizes.TryParse("64*9,4096*1")!;
        var counts = Enumerable.Range(1, 100_000).CountBy(i => sizes.Of(i % 100, (uint)i)).ToDictionary();
        Assert.Equal(0.9, counts[64] / 100_000d, 0.01);
        Assert.Equal(0.1, counts[4096] / 100_000d, 0.01);
    }

    [Fact]
    public void Uniform_sizes_are_all_as_frequent()
    {
        var sizes = MessageSizes.TryParse("uniform:1-10")!;
        var counts = Enumerable.Range(1, 100_000).CountBy(i => sizes.Of(1, (uint)i)).ToDictionary();
        Assert.Equal(10, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 9_000, 11_000));
    }
}
