using C10k.CommandLine;
using Xunit;

namespace C10k.Tests.Shared.CommandLine;

public sealed class NearestTests
{
    private static readonly string[] Models =
    [
        "blocking",
        "thread-per-connection",
        "select",
        "poll",
        "epoll-level",
        "async",
    ];

    [Theory]
    [InlineData("blokcing", "blocking")] // swapped
    [InlineData("selct", "select")] // left out
    [InlineData("pooll", "poll")] // doubled
    [InlineData("ASYNC", "async")] // in capitals
    [InlineData("epoll", "epoll-level")] // begun
    [InlineData("thread", "thread-per-connection")]
    [InlineData("pol", "poll")]
    public void What_was_nearly_typed_is_offered(string typed, string meant) =>
        Assert.Equal($"did you mean {meant}?", Nearest.Hint(typed, Models));

    [Theory]
    [InlineData("")]
    [InlineData("nginx")]
    [InlineData("thread-per-client-or-so")]
    public void Where_nothing_is_near_all_are_offered(string typed) =>
        Assert.Equal($"possible are {string.Join(", ", Models)}", Nearest.Hint(typed, Models));

    [Fact]
    public void An_exact_name_wins_over_a_longer_one() =>
        Assert.Equal("did you mean epoll?", Nearest.Hint("EPOLL", ["epoll-level", "epoll"]));

    [Fact]
    public void Nothing_possible_is_no_reason_to_fail() => Assert.Equal("possible are ", Nearest.Hint("x", []));
}
