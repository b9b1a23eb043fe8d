using System.Buffers;

namespace C10k.Conversations;

/// <summary>
/// What is said over one connection; knows no sockets and no waiting. One instance belongs to one connection, unless it keeps no
/// state. Every model calls the same conversations, so that only the way of waiting differs between models.
/// </summary>
public interface IConversation
{
    /// <summary>
    /// Whether the last call of <see cref="OnReceived"/> that consumed anything took a request in to its end. For each request the
    /// application does its work, if it was given any (<see cref="WorkingConversation"/>).
    /// </summary>
    bool TookRequest => true;

    /// <summary>Consumes what it can of <paramref name="received"/>, one request at most, and writes its answer to <paramref name="reply"/>.</summary>
    /// <param name="received">All bytes that were received and not yet consumed, never empty.</param>
    /// <param name="reply">Takes the answer; it is sent before anything else is received.</param>
    /// <param name="consumed">How many bytes were used up. The rest is offered again, with more behind it.</param>
    /// <returns>What comes next once the reply is sent.</returns>
    Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed);

    /// <summary>
    /// Goes on with a reply: called when the last step was <see cref="Step.More"/> or <see cref="Step.Wait"/> and all before is sent,
    /// until it returns <see cref="Step.Continue"/> or <see cref="Step.Close"/>.
    /// </summary>
    Step OnSent(IBufferWriter<byte> reply) => Step.Continue;
}
