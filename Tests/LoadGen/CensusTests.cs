using C10k.LoadGen.Clients;
using Xunit;

namespace C10k.Tests.LoadGen;

public class CensusTests
{
    [Theory]
    [InlineData(new long[] { 5, 5, 5, 5 }, 1.0)]
    [InlineData(new long[] { 7, 0, 0, 0 }, 0.25)]
    [InlineData(new long[] { 3, 1 }, 0.8)]
    [InlineData(new long[] { 0, 0 }, 0.0)]
    public void Fairness_is_Jains_index(long[] replies, double fairness) =>
        Assert.Equal(fairness, Of(replies).Fairness(replies.Length), 1e-12);

    [Fact]
    public void Clients_that_never_connected_count_as_unserved() => Assert.Equal(0.5, Of(4, 4).Fairness(4), 1e-12);

    [Fact]
    public void Who_got_a_reply_is_served_and_who_is_connected_is_alive()
    {
        var census = Census.Of(
            [
                new Client { State = ClientState.Connected, Marks = ClientMarks.Active },
                new Client
                {
                    State = ClientState.Connected,
                    Marks = ClientMarks.Active,
                    Replies = 3,
                },
                new Client
                {
                    State = ClientState.Gone,
                    Marks = ClientMarks.Active,
                    Replies = 1,
                },
                new Client { State = ClientState.Connecting },
                new Client { State = ClientState.ConnectingSlowly },
                new Client { State = ClientState.Waiting },
            ],
            justNow: 0
        );
        Assert.Equal(
            new Census(Alive: 2, Served: 2, Replies: 4, SquaredReplies: 10, Fewest: 0, Most: 3) { Spared = 1 },
            census
        );
    }

    [Fact]
    public void Who_never_asks_is_alive_and_counts_for_nothing_else()
    {
        var census = Census.Of(
            [
                new Client { State = ClientState.Connected },
                new Client
                {
                    State = ClientState.Connected,
                    Marks = ClientMarks.Active,
                    Replies = 5,
                },
            ],
            justNow: 0
        );
        Assert.Equal(new Census(Alive: 2, Served: 1, Replies: 5, SquaredReplies: 25, Fewest: 5, Most: 5), census);
        Assert.Equal(1, census.Fairness(clients: 1));
    }

    [Theory]
    [InlineData(99, 1, 0)]
    [InlineData(100, 1, 1)]
    [InlineData(101, 2, 0)]
    public void Who_asks_just_now_is_owed_no_reply_yet(long since, uint underWay, int spared)
    {
        var client = Asking(0) with { Since = since, Asked = underWay };
        Assert.Equal(spared, Census.Of([client], justNow: 100).Spared);
    }

    [Fact]
    public void The_census_of_all_is_the_sum_of_the_threads()
    {
        Assert.Equal(Of(1, 2, 3, 4), Of(1, 2) + Of(3, 4));
        Assert.Equal(0.83, (Of(1, 2) + Of(3, 4)).Fairness(4), 0.01);
    }

    private static Census Of(params long[] replies) => Census.Of([.. replies.Select(Asking)], justNow: 0);

    private static Client Asking(long replies) =>
        new()
        {
            State = ClientState.Connected,
            Marks = ClientMarks.Active,
            Replies = (uint)replies,
        };
}
