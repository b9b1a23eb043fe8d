using System.Buffers;
using System.Text;
using C10k.Conversations;

namespace C10k.Tests.Shared.Conversations;

/// <summary>Talks to a conversation as a model does, without sockets and without waiting, and writes down what happens.</summary>
internal sealed class Talk(IConversation conversation)
{
    private readonly Exchange _exchange = new(conversation);
    private readonly ArrayBufferWriter<byte> _reply = new();
    private readonly ArrayBufferWriter<byte> _all = new();

    /// <summary>Everything that was replied.</summary>
    public ReadOnlySpan<byte> Replied => _all.WrittenSpan;

    public string RepliedText => Encoding.Latin1.GetString(Replied);

    public bool IsClosed { get; private set; }

    /// <summary>How often the conversation wanted to wait, or to send before it goes on.</summary>
    public int Waits { get; private set; }

    public int Pieces { get; private set; }

    /// <summary>Starts a talk and says the pieces.</summary>
    public static Talk With(string conversation, params IEnumerable<string> pieces)
    {
        var talk = new Talk(ConversationCatalogue.Find(conversation)());
        foreach (var piece in pieces)
            talk.Say(piece);
        return talk;
    }

    /// <summary>The same bytes in one piece, in two for every cut, and one by one.</summary>
    public static IEnumerable<string[]> Cuts(string text)
    {
        yield return [text];
        for (var cut = 1; cut < text.Length; cut++)
            yield return [text[..cut], text[cut..]];
        yield return [.. text.Select(letter => $"{letter}")];
    }

    public Talk Say(string text) => Say(Encoding.Latin1.GetBytes(text));

    /// <summary>Says it, unless the conversation is over, and follows what the conversation wants until it wants to hear more.</summary>
    public Talk Say(ReadOnlySpan<byte> bytes)
    {
        if (IsClosed)
            return this;
        var step = _exchange.Feed(bytes, _reply);
        while (Follow(step))
            step = _exchange.Resume(_reply);
        return this;
    }

    private bool Follow(Step step)
    {
        _all.Write(_reply.WrittenSpan);
        _reply.ResetWrittenCount();
        IsClosed = step.Kind == StepKind.Close;
        Waits += step.Kind == StepKind.Wait ? 1 : 0;
        Pieces += step.Kind == StepKind.More ? 1 : 0;
        return step.Kind is StepKind.Wait or StepKind.More;
    }
}
