using C10k.Nodes;
using Xunit;

namespace C10k.Tests.Shared.Nodes;

public class CpuSetTests
{
    [Theory]
    [InlineData("0", new[] { 0 }, "0")]
    [InlineData("0-3", new[] { 0, 1, 2, 3 }, "0-3")]
    [InlineData("0-3,8", new[] { 0, 1, 2, 3, 8 }, "0-3,8")]
    [InlineData("8,3,1,2", new[] { 1, 2, 3, 8 }, "1-3,8")]
    [InlineData("0-2,1-4,4", new[] { 0, 1, 2, 3, 4 }, "0-4")]
    [InlineData("5-5", new[] { 5 }, "5")]
    [InlineData("4095", new[] { 4095 }, "4095")]
    public void The_kernels_list_format_is_read_and_written(string text, int[] cpus, string written)
    {
        Assert.True(CpuSet.TryParse(text, out var set));
        Assert.Equal(cpus, set.Cpus);
        Assert.Equal(written, set.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("0,")]
    [InlineData("3-1")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("1-2-3")]
    [InlineData(" 1")]
    [InlineData("+1")]
    [InlineData("0x1")]
    [InlineData("all")]
    [InlineData("4096")]
    [InlineData("0-4096")]
    [InlineData("99999999999999999999")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(CpuSet.TryParse(text, out var set));
        Assert.Empty(set.Cpus);
    }

    [Theory]
    [InlineData("0-1", "0", "1")]
    [InlineData("0-3", "0-1", "2-3")]
    [InlineData("1,4,6", "1", "4,6")]
    [InlineData("7", "7", "7")]
    public void The_server_gets_the_first_half_and_the_load_the_second(string all, string server, string load)
    {
        var (first, second) = Parse(all).Halve();
        Assert.Equal(server, first.ToString());
        Assert.Equal(load, second.ToString());
    }

    [Fact]
    public void What_is_taken_can_be_taken_away()
    {
        Assert.Equal("0,3", Parse("0-3").Except(Parse("1-2,9")).ToString());
        Assert.Empty(Parse("0").Except(Parse("0-1")).Cpus);
    }

    [Fact]
    public void This_process_is_allowed_some() => Assert.NotEmpty(CpuSet.Allowed.Cpus);

    private static CpuSet Parse(string text) =>
        CpuSet.TryParse(text, out var set) ? set : throw new FormatException(text);
}
