namespace C10k.LoadGen.Clients;

/// <summary>How the clients of one thread, or of all, fared since measuring began. Those that never ask are counted as alive only.</summary>
/// <param name="Alive">Whose connection stands.</param>
/// <param name="Served">Who got a reply.</param>
/// <param name="Replies">The sum of all their replies.</param>
/// <param name="SquaredReplies">The sum of the squares, for the fairness index.</param>
/// <param name="Fewest">The fewest replies that an active client got.</param>
/// <param name="Most">The most.</param>
internal readonly record struct Census(
    int Alive,
    int Served,
    double Replies,
    double SquaredReplies,
    long Fewest,
    long Most
)
{
    /// <summary>
    /// Active clients without a reply whom the server owes none: who have not had their turn to ask, or only just now, who read slowly, or
    /// whose messages carry commands.
    /// </summary>
    public int Spared { get; init; }

    /// <summary>Of nobody.</summary>
    public static Census Nobody { get; } = new(0, 0, 0, 0, long.MaxValue, 0);

    /// <param name="justNow">Who asks since then has not waited for longer than others whose replies came.</param>
    public static Census Of(ReadOnlySpan<Client> clients, long justNow)
    {
        var all = Nobody;
        foreach (ref readonly var client in clients)
            all += Of(in client, justNow);
        return all;
    }

    public static Census operator +(Census a, Census b) =>
        new(
            a.Alive + b.Alive,
            a.Served + b.Served,
            a.Replies + b.Replies,
            a.SquaredReplies + b.SquaredReplies,
            Math.Min(a.Fewest, b.Fewest),
            Math.Max(a.Most, b.Most)
        )
        {
            Spared = a.Spared + b.Spared,
        };

    /// <summary>Jain's index over so many clients: (Σx)² / (n·Σx²).</summary>
    public double Fairness(int clients) => SquaredReplies == 0 ? 0 : Replies * Replies / (clients * SquaredReplies);

    private static Census Of(ref readonly Client client, long justNow)
    {
        var alive = client.State == ClientState.Connected ? 1 : 0;
        if (!client.Has(ClientMarks.Active))
            return Nobody with { Alive = alive };
        if (client.Has(ClientMarks.Commander))
            return Nobody with { Alive = alive, Spared = 1 };
        var replies = client.Replies;
        return new Census(alive, replies > 0 ? 1 : 0, replies, (double)replies * replies, replies, replies)
        {
            Spared = replies == 0 && IsOwedNothing(in client, justNow) ? 1 : 0,
        };
    }

    private static bool IsOwedNothing(ref readonly Client client, long justNow) =>
        client.State == ClientState.Connected
        && (client.UnderWay == 0 || client.Has(ClientMarks.Slow) || (client.UnderWay == 1 && client.Since >= justNow));
}
