using C10k.Conversations;

namespace C10k.LoadGen.Sides;

/// <summary>The clients' sides of all conversations there are.</summary>
internal static class ClientSides
{
    private const int LongestMessage = 1 << 24;

    private static readonly Dictionary<string, Entry> Entries = new()
    {
        ["echo"] = new(LongestMessage, options => new EchoSide(options.Sizes)),
        ["hello"] = new(LongestMessage, options => new HelloSide(options.Sizes)),
        ["prefix"] = new(PrefixConversation.MaxMessageBytes, options => new PrefixSide(options.Sizes)),
        ["sink"] = new(LongestMessage, options => new SinkSide(options.Sizes)),
        ["bulk"] = new((int)BulkConversation.MaxBytes, options => new BulkSide(options.Sizes)),
        ["http"] = new(LongestMessage, options => new HttpSide(options.Target)) { HasSizes = false },
    };

    /// <summary>The ids, in the order in which they are shown.</summary>
    public static IReadOnlyCollection<string> Ids => Entries.Keys;

    /// <summary>The longest message that a conversation allows, in bytes.</summary>
    public static int MaxMessageBytes(string conversation) => Entries[conversation].MaxMessageBytes;

    /// <summary>Whether messages, or replies, are as long as they are asked to be.</summary>
    public static bool HasSizes(string conversation) => Entries[conversation].HasSizes;

    /// <summary>The side of the conversation that the options name, for the clients of one thread.</summary>
    public static ClientSide Create(LoadOptions options, CommandOnce once) =>
        options.Command is null ? Entries[options.Conversation].Create(options) : new CommandedSide(options, once);

    private sealed record Entry(int MaxMessageBytes, Func<LoadOptions, ClientSide> Create)
    {
        public bool HasSizes { get; init; } = true;
    }
}
