using System.Net;
using C10k.Contract;
using C10k.Conversations;

namespace C10k.Hosting;

/// <summary>What a model is given to serve with.</summary>
public sealed class ServerContext(
    ServerOptions options,
    IReadOnlyDictionary<string, string> parameters,
    Action<string> announce
)
{
    private readonly Func<IConversation> _conversations = ConversationCatalogue.Find(options.Conversation);

    /// <summary>Where it listens and what it speaks; for models that start other processes, which have to know.</summary>
    public ServerOptions Options => options;

    /// <summary>The value of every parameter of the model; for the same purpose.</summary>
    public IReadOnlyDictionary<string, string> Parameters => parameters;

    /// <summary>The value of one of the model's parameters that is a number.</summary>
    public int Number(string name) => checked((int)Parameter.ToNumber(parameters[name], Environment.ProcessorCount));

    /// <summary>The value of one of the model's parameters that is a word.</summary>
    public string Choice(string name) => parameters[name];

    /// <summary>The conversation of one new connection, with the work that the application was given.</summary>
    public IConversation NewConversation()
    {
        var conversation = _conversations();
        if (options.CommandIterationsPerMs > 0)
            conversation = new CommandedConversation(conversation, options.CommandIterationsPerMs);
        return options.Work.IsNone ? conversation : new WorkingConversation(conversation, options.Work);
    }

    /// <summary>Opens the listening socket that was asked for.</summary>
    /// <param name="nonBlocking">Whether accepting, and the connections accepted, are non-blocking.</param>
    /// <param name="stop">Cancelling it stops the listener, which wakes whoever waits for it.</param>
    public Listener Listen(bool nonBlocking, CancellationToken stop)
    {
        var listener = Listener.Open(options.EndPoint, options.Backlog, nonBlocking);
        stop.Register(listener.Stop);
        return listener;
    }

    /// <summary>Opens several listening sockets on the port that was asked for, see <see cref="Listener.OpenOnOnePort"/>.</summary>
    public IReadOnlyList<Listener> ListenOften(int sockets, bool nonBlocking, CancellationToken stop)
    {
        var listeners = Listener.OpenOnOnePort(sockets, options.EndPoint, options.Backlog, nonBlocking);
        foreach (var listener in listeners)
            stop.Register(listener.Stop);
        return listeners;
    }

    /// <summary>Says on stderr what a person should know, though nothing is wrong.</summary>
    public static void Note(string text) => Console.Error.WriteLine($"note: {text}");

    /// <summary>Tells the world that the server can be connected to.</summary>
    public void Ready(Listener listener) => announce(ReadyLine.Format(listener.EndPoint));
}

/// <summary>Where a server listens and what it speaks.</summary>
/// <param name="EndPoint">Address and port; port 0 lets the kernel choose.</param>
/// <param name="Backlog">How many connections may wait to be accepted.</param>
/// <param name="Conversation">The id of a conversation.</param>
public sealed record ServerOptions(IPEndPoint EndPoint, int Backlog, string Conversation)
{
    /// <summary>What the application does for each request.</summary>
    public ApplicationWork Work { get; init; }

    /// <summary>
    /// How much computing takes a millisecond when a message orders it, see <see cref="CommandedConversation"/>; 0 where messages cannot
    /// order anything.
    /// </summary>
    public long CommandIterationsPerMs { get; init; }
}
