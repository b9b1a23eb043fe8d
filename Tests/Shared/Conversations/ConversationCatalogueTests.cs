using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

public sealed class ConversationCatalogueTests
{
    [Fact]
    public void Every_id_finds_its_conversation() =>
        Assert.All(ConversationCatalogue.Ids, id => Assert.NotNull(ConversationCatalogue.Find(id)()));

    [Fact]
    public void An_unknown_id_is_answered_with_those_there_are()
    {
        var unknown = Assert.Throws<ArgumentException>(() => ConversationCatalogue.Find("ech"));
        Assert.Contains("'ech'", unknown.Message, StringComparison.Ordinal);
        Assert.All(ConversationCatalogue.Ids, id => Assert.Contains(id, unknown.Message, StringComparison.Ordinal));
    }
}
