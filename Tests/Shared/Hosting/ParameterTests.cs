using C10k.Hosting;
using Xunit;

namespace C10k.Tests.Shared.Hosting;

public class ParameterTests
{
    [Theory]
    [InlineData(65_536, 8_388_608, "64k to 8m")]
    [InlineData(1, 1_000, "1 to 1000")]
    [InlineData(1, 1_024, "1 to 1024")]
    [InlineData(0, 12_289, "0 to 12289")]
    public void It_tells_what_number_it_takes(long least, long most, string values) =>
        Assert.Equal(values, Parameter.Number("stack", "64k", "Bytes.", least, most).DescribeValues());

    [Fact]
    public void It_tells_what_words_it_takes() =>
        Assert.Equal(
            "shared or reuseport",
            Parameter.Choice("listener", "shared", "Whose it is.", "shared", "reuseport").DescribeValues()
        );
}
