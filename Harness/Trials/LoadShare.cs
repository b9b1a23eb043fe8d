using C10k.Harness.Planning;

namespace C10k.Harness.Trials;

/// <summary>The clients of one of several load generators.</summary>
/// <param name="First">The number of the first one, from 0.</param>
/// <param name="Next">The number of the first one of the next generator.</param>
/// <param name="All">How many clients there are.</param>
internal readonly record struct LoadShare(int First, int Next, int All)
{
    public int Clients => Next - First;

    /// <summary>The share of one that makes all the load.</summary>
    public static LoadShare Whole(int clients) => new(0, clients, clients);

    /// <summary>The shares of several, as even as can be; some are empty where there are fewer clients than generators.</summary>
    public static IEnumerable<LoadShare> Deal(int clients, int generators)
    {
        for (var i = 0; i < generators; i++)
            yield return new LoadShare(Before(i), Before(i + 1), clients);

        int Before(int generator) => (int)((long)clients * generator / generators);
    }

    /// <summary>How many of some of all clients are among these; one at least, for nobody can be asked to be nobody.</summary>
    public int Of(Portion some) => Math.Max(1, Before(Next, some.Of(All)) - Before(First, some.Of(All)));

    private int Before(int client, int some) => (int)((long)client * some / All);
}
