using System.Buffers;

namespace C10k.Conversations;

/// <summary>
/// A conversation whose application works: for each request it computes, then waits, and only then its reply is sent. Pipelined
/// requests are worked on one after the other, as they would be by an application that serves a connection in order.
/// </summary>
public sealed class WorkingConversation(IConversation inner, ApplicationWork work) : IConversation
{
    // What the conversation itself wants when the wait is over.
    private Step _next;

    /// <inheritdoc/>
    public bool TookRequest => inner.TookRequest;

    /// <inheritdoc/>
    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        _next = inner.OnReceived(received, reply, out consumed);
        if (consumed == 0 || !inner.TookRequest)
            return _next;
        CpuWork.Do(work.Iterations);
        return work.Wait > TimeSpan.Zero ? Step.Wait(work.Wait) : _next;
    }

    /// <inheritdoc/>
    public Step OnSent(IBufferWriter<byte> reply) => _next.Kind == StepKind.More ? _next = inner.OnSent(reply) : _next;
}
