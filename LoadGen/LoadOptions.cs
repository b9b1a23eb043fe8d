using System.Net;
using C10k.Contract;
using C10k.LoadGen.Arrivals;

namespace C10k.LoadGen;

/// <summary>What load to make, and against whom.</summary>
/// <param name="Target">The server.</param>
/// <param name="Clients">How many clients there are.</param>
internal sealed record LoadOptions(IPEndPoint Target, int Clients)
{
    /// <summary>How many threads share them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What is said, as <see cref="Sides.ClientSides"/> names it.</summary>
    public string Conversation { get; init; } = "echo";

    /// <summary>How long messages are; for <c>bulk</c>, replies.</summary>
    public MessageSizes Sizes { get; init; } = MessageSizes.Fixed(64);

    /// <summary>When clients ask.</summary>
    public Pace Pace { get; init; } = Pace.AtOnce;

    /// <summary>How many of the clients ask; the others only keep their connection. Null for all.</summary>
    public int? Active { get; init; }

    /// <summary>How many requests a client may have under way at once.</summary>
    public int Pipeline { get; init; } = 1;

    /// <summary>After how many requests a client takes a new connection; 0 for never.</summary>
    public int RequestsPerConnection { get; init; }

    /// <summary>How many connects per second begin at first; 0 for as many as it takes.</summary>
    public int ConnectRate { get; init; }

    /// <summary>How many bytes per second a slow reader reads; 0 for as many as come.</summary>
    public long ReadRate { get; init; }

    /// <summary>How many of the clients read slowly, where there is a rate; null for all.</summary>
    public int? SlowReaders { get; init; }

    /// <summary>What messages order the server to do, see <see cref="Conversations.Commands"/>; null for nothing.</summary>
    public string? Command { get; init; }

    /// <summary>
    /// How many of the clients order it, with every message. What becomes of the others is what is asked for, so that requests of these
    /// are not counted. With none, it is ordered once, when whoever controls the load says so.
    /// </summary>
    public int Commanders { get; init; }

    /// <summary>Whether all connects begin at once, instead of a bounded number at a time.</summary>
    public bool ConnectAtOnce { get; init; }

    /// <summary>How long a connect may take before it counts as failed.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the end waits for the replies that are still to come.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many clients ask.</summary>
    public int ActiveClients => Active ?? Clients;

    /// <summary>Whether a client asks. Those that do are spread evenly.</summary>
    public bool IsActive(int client) => IsOneOf(ActiveClients, client);

    /// <summary>How many of the clients before this one ask.</summary>
    public int ActiveBefore(int client) => Before(ActiveClients, client);

    /// <summary>Whether a client reads slowly.</summary>
    public bool ReadsSlowly(int client) => ReadRate > 0 && IsOneOf(SlowReaders ?? Clients, client);

    /// <summary>Whether a client's messages all carry the command.</summary>
    public bool Commands(int client) => IsOneOf(Commanders, client);

    // So many of the clients, spread evenly among them.
    private bool IsOneOf(int some, int client) => Before(some, client + 1) > Before(some, client);

    private int Before(int some, int client) => (int)((long)client * some / Clients);
}
