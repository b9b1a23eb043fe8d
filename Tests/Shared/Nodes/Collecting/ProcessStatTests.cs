using System.Text;
using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

public sealed class ProcessStatTests
{
    private const string Server =
        "4711 (Servers) S 4700 4711 4711 0 -1 4194304 9315 2044 12 3 1234 567 89 10 20 0 17 0 235063 274000000 8421 "
        + "18446744073709551615 1 1 0 0 0 0 0 4096 17642 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";

    [Fact]
    public void The_fields_are_read_by_their_place()
    {
        var stat = Parse(Server);

        Assert.Equal((4711, 4700, 17, 235063), (stat.Pid, stat.Parent, stat.Threads, stat.StartTime));
        Assert.Equal(CpuTimes.OfParts(Ticks(1234), Ticks(567)), stat.Own);
        Assert.Equal(CpuTimes.OfParts(Ticks(89), Ticks(10)), stat.Inherited);
        Assert.False(stat.Zombie);
    }

    [Theory]
    [InlineData("(a b)")]
    [InlineData("(x) S 1 (y)")]
    [InlineData("())")]
    [InlineData("(\n)")]
    public void A_name_with_spaces_and_parentheses_misleads_nobody(string name) =>
        Assert.Equal(Parse(Server), Parse(Server.Replace("(Servers)", name, StringComparison.Ordinal)));

    [Fact]
    public void A_process_that_waits_for_its_parent_is_a_zombie() =>
        Assert.True(Parse("7 (sh) Z 1 7 7 0 -1 4 0 0 0 0 0 0 0 0 20 0 1 0 99 0 0 0\n").Zombie);

    [Fact]
    public void A_process_whose_main_thread_alone_has_ended_is_none() =>
        Assert.False(Parse("7 (sh) Z 1 7 7 0 -1 4 0 0 0 0 0 0 0 0 20 0 2 0 99 0 0 0\n").Zombie);

    [Theory]
    [InlineData("")]
    [InlineData("4711")]
    [InlineData("4711 (Servers)")]
    [InlineData("4711 (Servers) S 4700 4711 4711 0 -1 4194304 9315 2044 12 3 1234 567 89 10 20 0 17 0")]
    [InlineData("4711 (Servers) S 4700 4711 4711 0 -1 4194304 9315 2044 12 3 x 567 89 10 20 0 17 0 235063")]
    public void What_is_no_stat_is_refused(string text) =>
        Assert.False(ProcessStat.TryParse(Encoding.UTF8.GetBytes(text), out _));

    private static ProcessStat Parse(string text)
    {
        Assert.True(ProcessStat.TryParse(Encoding.UTF8.GetBytes(text), out var stat));
        return stat;
    }

    private static TimeSpan Ticks(int clockTicks) => TimeSpan.FromMilliseconds(10 * clockTicks);
}
