using C10k.Nodes.Collecting;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

public sealed class NetworkCountersTests
{
    private const string Netstat =
        "TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPHPHits\nTcpExt: 1 22 333 4444\n"
        + "IpExt: InNoRoutes ListenDrops\nIpExt: 5 6\n";

    [Theory]
    [InlineData("TcpExt", "ListenOverflows", 22)]
    [InlineData("TcpExt", "ListenDrops", 333)]
    [InlineData("TcpExt", "TCPHPHits", 4444)]
    [InlineData("IpExt", "ListenDrops", 6)]
    public void A_counter_is_found_by_group_and_name(string group, string counter, long value) =>
        Assert.Equal(value, NetworkCounters.Find(Netstat, group, counter));

    [Theory]
    [InlineData("TcpExt", "Listen")]
    [InlineData("TcpExt", "TcpExt:")]
    [InlineData("Tcp", "ListenDrops")]
    public void What_is_not_there_is_null(string group, string counter) =>
        Assert.Null(NetworkCounters.Find(Netstat, group, counter));

    [Fact]
    public void A_line_of_values_that_is_too_short_is_null() =>
        Assert.Null(NetworkCounters.Find("Tcp: A B C\nTcp: 1 2\n", "Tcp", "C"));

    [Theory]
    [InlineData("netstat", "TcpExt", "ListenOverflows")]
    [InlineData("netstat", "TcpExt", "ListenDrops")]
    [InlineData("snmp", "Tcp", "RetransSegs")]
    public void This_kernel_tells_what_the_collector_asks_for(string file, string group, string counter) =>
        Assert.NotNull(NetworkCounters.Find(File.ReadAllText($"/proc/self/net/{file}"), group, counter));
}
