using System.Text.Json;
using C10k.Hosting;
using Xunit;

namespace C10k.Tests.Shared.Hosting;

public sealed class FormulaTests
{
    private const int Cpus = 4;
    private const int Clients = 1000;

    private static readonly Dictionary<string, string> Values = new()
    {
        ["threads"] = "256",
        ["workers"] = "cpus",
        ["stack"] = "64k",
        ["bytes"] = "1g",
    };

    [Theory]
    [InlineData("1", 1)]
    [InlineData("threads", 256)]
    [InlineData("workers", Cpus)]
    [InlineData("workers*threads", Cpus * 256)]
    [InlineData("2 * workers * stack", 2 * Cpus * 65536)]
    [InlineData("0*threads", 0)]
    [InlineData("1+clients", 1 + Clients)]
    [InlineData("1 + workers*threads + 2*clients", 1 + Cpus * 256 + 2 * Clients)]
    [InlineData("cpus", Cpus)]
    public void It_is_the_sum_of_its_products(string text, int expected) =>
        Assert.Equal(expected, new Formula(text).Of(Values, Cpus, Clients));

    [Fact]
    public void A_product_that_is_too_great_is_the_greatest_number() =>
        Assert.Equal(int.MaxValue, new Formula("bytes*bytes*bytes*bytes+bytes").Of(Values, Cpus));

    [Theory]
    [InlineData("1", null)]
    [InlineData("threads*7", null)]
    [InlineData("cpus+clients", null)]
    [InlineData("1+client", "client")]
    [InlineData("thread", "thread")]
    [InlineData("threads*backend", "backend")]
    [InlineData("threads*", "")]
    [InlineData("-1", "-1")]
    public void A_factor_that_nobody_knows_is_found(string text, string? unknown)
    {
        Parameter[] parameters =
        [
            Parameter.Number("threads", "256", "Threads.", 1, 1000),
            Parameter.Choice("backend", "epoll", "Back end.", "epoll", "poll"),
        ];
        Assert.Equal(unknown, new Formula(text).UnknownFactor(parameters));
    }

    [Fact]
    public void In_JSON_a_number_stays_a_number()
    {
        Assert.Equal("7", JsonSerializer.Serialize<Formula>(7));
        Assert.Equal("\"threads\"", JsonSerializer.Serialize<Formula>("threads"));
        Assert.Equal(7, JsonSerializer.Deserialize<Formula>("7"));
        Assert.Equal("threads*7", JsonSerializer.Deserialize<Formula>("\"threads*7\""));
    }
}
