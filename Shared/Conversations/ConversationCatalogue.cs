using C10k.Contract;
using C10k.Conversations.Http;

namespace C10k.Conversations;

/// <summary>Every conversation there is. docs/conversations.md describes each exactly.</summary>
public static class ConversationCatalogue
{
    private static readonly EchoConversation Echo = new();
    private static readonly SinkConversation Sink = new();

    // Those that keep no state are shared by all connections.
    private static readonly Dictionary<string, Func<IConversation>> Factories = new()
    {
        ["echo"] = () => Echo,
        ["hello"] = () => new HelloConversation(),
        ["prefix"] = () => new PrefixConversation(),
        ["sink"] = () => Sink,
        ["bulk"] = () => new BulkConversation(),
        ["http"] = () => new HttpConversation(),
    };

    private static readonly Dictionary<string, int> Longest = new()
    {
        ["prefix"] = PrefixConversation.MaxMessageBytes,
        ["bulk"] = (int)BulkConversation.MaxBytes,
    };

    /// <summary>The ids, in the order in which they are shown.</summary>
    public static IReadOnlyCollection<string> Ids => Factories.Keys;

    /// <summary>The longest message of a conversation, in bytes; of bulk, the longest reply.</summary>
    public static int LongestMessage(string id) => Longest.GetValueOrDefault(id, Bounds.LongestMessage);

    /// <summary>A factory that makes the conversation of one new connection.</summary>
    /// <exception cref="ArgumentException">There is no such conversation; the message names those that exist.</exception>
    public static Func<IConversation> Find(string id) =>
        Factories.TryGetValue(id, out var factory)
            ? factory
            : throw new ArgumentException(
                $"unknown conversation '{id}': there is {string.Join(", ", Ids)}",
                nameof(id)
            );
}
