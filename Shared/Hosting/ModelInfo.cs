using System.Runtime.CompilerServices;

namespace C10k.Hosting;

/// <summary>What a model is, for whoever chooses one or reads its figures.</summary>
/// <param name="Id">Its name on the command line and in every table, such as <c>epoll-level</c>.</param>
/// <param name="Family">What it is grouped with: <c>iterative</c>, <c>threads</c>, <c>readiness</c>, <c>runtime</c>, …</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="UsedBy">Who works so.</param>
/// <param name="Limits">What it cannot do, or an empty text.</param>
/// <param name="Source">Where it is written, as a path in its tree such as <c>Servers/Models/Threads/ThreadPoolModel.cs</c>; empty where nobody tells.</param>
public sealed record ModelInfo(
    string Id,
    string Family,
    string Summary,
    string UsedBy,
    string Limits = "",
    [CallerFilePath] string Source = ""
)
{
    private const string Models = "/Servers/Models/";

    /// <inheritdoc cref="ModelInfo(string, string, string, string, string, string)" path="/param[@name='Source']"/>
    public string Source
    {
        get;
        init => field = InTree(value);
    } = InTree(Source);

    /// <summary>What can be set with <c>id:key=value,…</c>.</summary>
    public IReadOnlyList<Parameter> Parameters
    {
        get;
        init => field = value ?? []; // A list from another executable may leave it out, and is then read as null.
    } = [];

    /// <summary>Why this machine cannot run it, with the remedy; null where it can. Filled in when the models are listed.</summary>
    public string? Unavailable { get; init; }

    /// <summary>
    /// What it can speak, see docs/conversations.md; whoever does not tell speaks <c>echo</c>. Filled in when the models are listed: those
    /// of this executable speak everything.
    /// </summary>
    public IReadOnlyList<string> Conversations { get; init; } = ["echo"];

    /// <summary>True when it takes <c>--wait</c> and <c>--cpu</c>. Filled in when the models are listed.</summary>
    public bool Works { get; init; }

    /// <summary>True when it takes <c>--allow-faults</c>, see docs/conversations.md. Filled in when the models are listed.</summary>
    public bool TakesCommands { get; init; }

    /// <summary>Which build its worker processes are unless a parameter says otherwise, <c>native</c> or <c>managed</c>; null where it has none of them.</summary>
    public string? WorkerBuild { get; init; }

    /// <summary>How many clients it can serve at the same moment; null where the model sets no bound of its own.</summary>
    public Formula? ServesAtOnce { get; init; }

    /// <summary>How many CPUs it can keep busy; null where it uses as many as there are.</summary>
    public Formula? UsesCpus { get; init; }

    /// <summary>How many processes it consists of, such as <c>1+workers</c>.</summary>
    public Formula Processes { get; init; } = 1;

    /// <summary>How many threads serve, in all its processes together, such as <c>1+clients</c>. Those that its runtime has besides are not counted.</summary>
    public Formula Threads { get; init; } = 1;

    /// <summary>
    /// In how many of its processes the clients' connections are held, about as many in each: <c>workers</c>, or <c>clients</c> where each
    /// client has a process of its own. A process may hold no more than its limit of descriptors.
    /// </summary>
    public Formula HoldingProcesses { get; init; } = 1;

    /// <summary>How many threads it needs for each client, those of processes that it needs included: 1 for a thread per connection, else 0.</summary>
    public int TasksPerClient { get; init; }

    /// <summary>How many processes it needs for each client: 1 for a process per connection, else 0.</summary>
    public int ProcessesPerClient { get; init; }

    /// <summary>The memory that it needs for each client, where that is so much that it may be the limit; else 0.</summary>
    public int MemoryPerClientKb { get; init; }

    /// <summary>True when it answers one request on a connection, closes it, and wants another connection for the next.</summary>
    public bool OneRequestPerConnection { get; init; }

    /// <summary>
    /// True when it can end a connection in both directions at once only: a client that is still sending when it is sent away may get a
    /// reset instead of the reply that tells it why.
    /// </summary>
    public bool ClosesBothWays { get; init; }

    /// <summary>True when it waits by asking over and over: it keeps its CPUs busy whether there is something to do or not.</summary>
    public bool BusyWaits { get; init; }

    // The compiler tells the place on the machine where it ran; another executable tells what it likes.
    private static string InTree(string path)
    {
        var models = path.LastIndexOf(Models, StringComparison.Ordinal);
        if (models >= 0)
            return path[(models + 1)..];
        return Path.IsPathRooted(path) ? "" : path;
    }
}
