using C10k.CommandLine;

namespace C10k.Harness.Planning;

/// <summary>What the clients do, and what is said: data, from which the command lines of server and load generator follow.</summary>
/// <param name="Id">Its name on the command line and in every table; a variant is called <c>id:field=value,…</c>.</param>
/// <param name="Summary">What happens, in one line.</param>
/// <param name="Question">The question it answers.</param>
internal sealed record Workload(string Id, string Summary, string Question)
{
    /// <summary>The file that describes it; null where its id is enough to ask for it.</summary>
    public string? File { get; init; }

    /// <summary>What the file held, as <see cref="SmallFile.Hash"/> tells it.</summary>
    public string? FileHash { get; init; }

    /// <summary>What the server has to speak.</summary>
    public string Conversation { get; init; } = "echo";

    /// <summary>The length of messages (bulk: replies), as LoadGen's <c>--size</c> takes it; null for that of the run.</summary>
    public string? Size { get; init; }

    /// <summary>How many of the clients ask; null for all.</summary>
    public Portion? Active { get; init; }

    /// <summary>How long clients think between a reply and their next request; null where they do not.</summary>
    public Think? Think { get; init; }

    /// <summary>Open loop: requests per second.</summary>
    public double? Rate { get; init; }

    /// <summary>Open loop: the rate as a share of what the same server answers without one.</summary>
    public double? RateShare { get; init; }

    /// <summary>Whether the requests of an open loop come at random (a Poisson process).</summary>
    public bool IsPoisson { get; init; }

    /// <summary>How many requests a client may have under way at once.</summary>
    public int Pipeline { get; init; } = 1;

    /// <summary>After how many requests a client takes a new connection; 0 for never.</summary>
    public int RequestsPerConnection { get; init; }

    /// <summary>How many bytes a second slow readers read; 0 where nobody reads slowly.</summary>
    public long ReadRate { get; init; }

    /// <summary>How many of the clients read slowly; null for all, where there is a rate.</summary>
    public Portion? SlowReaders { get; init; }

    /// <summary>Whether all connects begin at once.</summary>
    public bool ConnectAtOnce { get; init; }

    /// <summary>How long the application waits for each request.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>How much CPU time the application computes for each request.</summary>
    public TimeSpan Cpu { get; init; }

    /// <summary>What messages order the server to do; null for nothing. See docs/conversations.md.</summary>
    public string? Command { get; init; }

    /// <summary>How many clients order it with each message; null where it is ordered once, after the first window.</summary>
    public Portion? Commanders { get; init; }

    /// <summary>How long a window is at least, for each client: where replies are long, it takes that long until everybody had one.</summary>
    public TimeSpan WindowPerClient { get; init; }

    /// <summary>The charts that show what the workload is about, the most telling first, as <c>Charts.ChartSet</c> names them.</summary>
    public IReadOnlyList<string> Charts { get; init; } = ["throughput"];

    /// <summary>A request follows each reply at once, on the same connection.</summary>
    public bool IsPlainLoop => this is { Think: null, IsOpen: false, RequestsPerConnection: 0 };

    /// <summary>Requests come when it is their time, whether the server keeps up or not.</summary>
    public bool IsOpen => Rate is not null || RateShare is not null;

    /// <summary>A command is given once, to see what becomes of the server.</summary>
    public bool IsCommandedOnce => Command is not null && Commanders is null;

    /// <summary>How many of so many clients ask.</summary>
    public int ActiveOf(int clients) => Active?.Of(clients) ?? clients;

    /// <summary>How long a window of it is with so many clients, in a run with windows of this length.</summary>
    public TimeSpan WindowOf(int clients, TimeSpan ofRun)
    {
        var least = WindowPerClient * clients;
        return least > ofRun ? least : ofRun;
    }
}

/// <summary>A time of thinking.</summary>
/// <param name="IsRandom">Whether it is drawn from an exponential distribution with this mean.</param>
internal readonly record struct Think(TimeSpan Time, bool IsRandom)
{
    private const string Random = "exp:";

    /// <summary>Reads <c>50ms</c> or <c>exp:50ms</c>.</summary>
    public static Think? TryParse(string text)
    {
        var isRandom = text.StartsWith(Random, StringComparison.Ordinal);
        var parsed = Quantities.TryParseDuration(isRandom ? text[Random.Length..] : text, out var time);
        return parsed && time > TimeSpan.Zero ? new Think(time, isRandom) : null;
    }

    /// <summary>As it is read.</summary>
    public override string ToString() => (IsRandom ? Random : "") + Quantities.Format(Time);
}
