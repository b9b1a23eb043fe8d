using C10k.Contract;
using C10k.Conversations;

namespace C10k.LoadGen.Sides;

/// <summary><c>hello</c>: as echo, but the first request of a connection has the greeting in front, and so has its reply.</summary>
internal sealed class HelloSide(MessageSizes sizes) : FrontedSide(sizes)
{
    protected override ReadOnlySpan<byte> FrontOf(MessageId id) => id.IsFirst ? HelloConversation.Greeting : default;
}
