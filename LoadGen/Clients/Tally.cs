using C10k.Contract;
using C10k.Latency;

namespace C10k.LoadGen.Clients;

/// <summary>What one thread saw between two borders. A full one is handed over whole and an empty one takes its place, so nothing is locked.</summary>
internal sealed class Tally
{
    public LatencyHistogram Latency { get; } = new();

    /// <summary>The interval as it was, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long Begin { get; set; }
    public long End { get; set; }

    /// <summary>What failed in the interval.</summary>
    public LoadErrors Errors { get; set; } = new();

    public Census Census { get; set; }

    public void Clear(long begin)
    {
        Latency.Clear();
        Begin = begin;
    }
}

/// <summary>How the clients of one thread, or of all, fared since measuring began.</summary>
/// <param name="Alive">Whose connection stands.</param>
/// <param name="Served">Who got a reply.</param>
/// <param name="Replies">The sum of all their replies.</param>
/// <param name="SquaredReplies">The sum of the squares, for the fairness index.</param>
internal readonly record struct Census(int Alive, int Served, double Replies, double SquaredReplies)
{
    public static Census Of(ReadOnlySpan<Client> clients)
    {
        var (alive, served, replies, squared) = (0, 0, 0d, 0d);
        foreach (ref readonly var client in clients)
        {
            alive += client.State is ClientState.Idle or ClientState.Asking ? 1 : 0;
            served += client.Replies > 0 ? 1 : 0;
            replies += client.Replies;
            squared += (double)client.Replies * client.Replies;
        }
        return new Census(alive, served, replies, squared);
    }

    public static Census operator +(Census a, Census b) =>
        new(a.Alive + b.Alive, a.Served + b.Served, a.Replies + b.Replies, a.SquaredReplies + b.SquaredReplies);

    /// <summary>Jain's index over so many clients: (Σx)² / (n·Σx²).</summary>
    public double Fairness(int clients) => SquaredReplies == 0 ? 0 : Replies * Replies / (clients * SquaredReplies);
}
