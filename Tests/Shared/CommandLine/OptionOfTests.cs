using System.CommandLine;
using System.Net;
using C10k.CommandLine;
using Xunit;

namespace C10k.Tests.Shared.CommandLine;

public sealed class OptionOfTests
{
    private static readonly Option<int> Clients = OptionOf.Count("--clients", "", 100, 1, 1000);
    private static readonly Option<int?> Threads = OptionOf.OptionalCount("--threads", "", 1, 64);
    private static readonly Option<TimeSpan> Window = OptionOf.Duration(
        "--window",
        "",
        TimeSpan.FromSeconds(1),
        TimeSpan.FromMilliseconds(100)
    );
    private static readonly Option<TimeSpan?> Think = OptionOf.OptionalDuration("--think", "", TimeSpan.Zero);
    private static readonly Option<int> Size = OptionOf.Size("--size", "", 64, 1 << 20);
    private static readonly Option<string> Workload = OptionOf.Choice("--workload", "", "echo", ["echo", "http"]);
    private static readonly Option<IPAddress> Address = OptionOf.Address("--address", "", IPAddress.Loopback);

    [Fact]
    public void What_is_not_given_has_its_default()
    {
        var parsed = Parse();
        Assert.Empty(parsed.Errors);
        Assert.Equal(100, parsed.GetValue(Clients));
        Assert.Null(parsed.GetValue(Threads));
        Assert.Equal(TimeSpan.FromSeconds(1), parsed.GetValue(Window));
        Assert.Null(parsed.GetValue(Think));
        Assert.Equal(64, parsed.GetValue(Size));
        Assert.Equal("echo", parsed.GetValue(Workload));
        Assert.Equal(IPAddress.Loopback, parsed.GetValue(Address));
    }

    [Fact]
    public void What_is_given_is_taken()
    {
        var parsed = Parse(
            "--clients 7 --threads 2 --window 200ms --think 0s --size 1m --workload http --address 0.0.0.0"
        );
        Assert.Empty(parsed.Errors);
        Assert.Equal(7, parsed.GetValue(Clients));
        Assert.Equal(2, parsed.GetValue(Threads));
        Assert.Equal(TimeSpan.FromMilliseconds(200), parsed.GetValue(Window));
        Assert.Equal(TimeSpan.Zero, parsed.GetValue(Think));
        Assert.Equal(1 << 20, parsed.GetValue(Size));
        Assert.Equal("http", parsed.GetValue(Workload));
        Assert.Equal(IPAddress.Any, parsed.GetValue(Address));
    }

    [Theory]
    [InlineData("--clients 0", "--clients takes a whole number from 1 to 1000, not '0'")]
    [InlineData("--clients 1e3", "--clients takes a whole number from 1 to 1000, not '1e3'")]
    [InlineData("--clients 99999999999", "--clients takes a whole number from 1 to 1000, not '99999999999'")]
    [InlineData("--threads 65", "--threads takes a whole number from 1 to 64, not '65'")]
    [InlineData(
        "--window 2",
        "--window takes a duration of at least 100ms with its unit, such as 500ms, 2s or 1m, not '2'"
    )]
    [InlineData(
        "--window 99ms",
        "--window takes a duration of at least 100ms with its unit, such as 500ms, 2s or 1m, not '99ms'"
    )]
    [InlineData(
        "--think -1s",
        "--think takes a duration of at least 0us with its unit, such as 500ms, 2s or 1m, not '-1s'"
    )]
    [InlineData("--size 0", "--size takes a size from 1 byte to 1,048,576 bytes, such as 64, 16k or 1m, not '0'")]
    [InlineData("--size 2m", "--size takes a size from 1 byte to 1,048,576 bytes, such as 64, 16k or 1m, not '2m'")]
    [InlineData("--workload htttp", "unknown --workload 'htttp': did you mean http?")]
    [InlineData("--address ::1", "--address takes an IPv4 address, such as 127.0.0.1, not '::1'")]
    public void A_bad_value_is_refused_by_name_with_what_is_possible(string arguments, string message) =>
        Assert.Equal(message, Assert.Single(Parse(arguments).Errors).Message);

    private static ParseResult Parse(string arguments = "") =>
        new RootCommand { Clients, Threads, Window, Think, Size, Workload, Address }.Parse(
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
}
