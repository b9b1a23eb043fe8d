using Xunit;

namespace C10k.Tests.Servers.Libraries;

/// <summary>What is libevent's own.</summary>
public sealed class LibeventTests
{
    // FD_SETSIZE of select(2); libevent would end the process at the first descriptor beyond.
    private const int SelectLimit = 1024;

    [Fact]
    public async Task With_select_clients_beyond_its_set_of_bits_are_turned_away_and_all_others_served()
    {
        await using var server = await ServerUnderTest.Start("libevent:backend=select");
        using var clients = await Client.ConnectMany(server.EndPoint, SelectLimit);
        await clients.All[0].ExpectEcho(Message.Of(64));
        await clients.All[^1].ExpectEnd();
        await clients.All[0].ExpectEcho(Message.Of(64));
        Assert.Contains("FD_SETSIZE is 1024", server.Complaints, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', server.Complaints);
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("poll")]
    public async Task The_other_back_ends_have_no_such_limit(string backend)
    {
        await using var server = await ServerUnderTest.Start($"libevent:backend={backend}");
        using var clients = await Client.ConnectMany(server.EndPoint, SelectLimit);
        await clients.All[^1].ExpectEcho(Message.Of(64));
        Assert.Equal("", server.Complaints);
    }
}
