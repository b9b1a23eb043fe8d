namespace C10k.LoadGen.Sides;

/// <summary>The clients' sides of all conversations there are.</summary>
internal static class ClientSides
{
    private static readonly Dictionary<string, Entry> Entries = new()
    {
        ["echo"] = new(options => new EchoSide(options.Sizes)),
        ["hello"] = new(options => new HelloSide(options.Sizes)),
        ["prefix"] = new(options => new PrefixSide(options.Sizes)),
        ["sink"] = new(options => new SinkSide(options.Sizes)),
        ["bulk"] = new(options => new BulkSide(options.Sizes)),
        ["http"] = new(options => new HttpSide(options.Target)) { HasSizes = false },
    };

    /// <summary>The ids, in the order in which they are shown.</summary>
    public static IReadOnlyCollection<string> Ids => Entries.Keys;

    /// <summary>Whether messages, or replies, are as long as they are asked to be.</summary>
    public static bool HasSizes(string conversation) => Entries[conversation].HasSizes;

    /// <summary>The side of the conversation that the options name, for the clients of one thread.</summary>
    public static ClientSide Create(LoadOptions options, CommandOnce once) =>
        options.Command is null ? Entries[options.Conversation].Create(options) : new CommandedSide(options, once);

    private sealed record Entry(Func<LoadOptions, ClientSide> Create)
    {
        public bool HasSizes { get; init; } = true;
    }
}
