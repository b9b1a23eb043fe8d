using System.Buffers;
using System.Net;

namespace C10k.Conversations.Http;

/// <summary>
/// HTTP/1.1 (RFC 9110, RFC 9112) with a single small page: GET and HEAD get it, whatever their target, over connections that stay open,
/// pipelined or not. Content that comes with a request is read and dropped. A request that breaks a rule of framing is answered, and
/// then the connection is closed, because nobody knows where the next one would begin.
/// </summary>
public sealed class HttpConversation : IConversation
{
    private RequestReader _reader;

    /// <inheritdoc/>
    public bool TookRequest { get; private set; }

    /// <inheritdoc/>
    public Step OnReceived(ReadOnlySpan<byte> received, IBufferWriter<byte> reply, out int consumed)
    {
        var objection = _reader.Read(received, out consumed);
        TookRequest = objection is null && _reader.IsDone;
        if (TookRequest)
            return Answer(reply);
        if (objection is null && _reader is { IsBeforeContent: true, Head.ExpectsContinue: true })
            objection = LetContinue(reply);
        return objection is { } status ? Refuse(status, reply) : Step.Continue;
    }

    private Step Answer(IBufferWriter<byte> reply)
    {
        var head = _reader.Head;
        var persistence =
            !head.KeepsAlive ? Persistence.Close
            : head.IsOld ? Persistence.KeepAlive
            : Persistence.Implied;
        Responses.Write(reply, StatusOf(head.Method), persistence, head.Method == Method.Head);
        return head.KeepsAlive ? Step.Continue : Step.Close;
    }

    private Step Refuse(HttpStatusCode status, IBufferWriter<byte> reply)
    {
        Responses.Write(reply, status, Persistence.Close, _reader.Head.Method == Method.Head);
        return Step.Close;
    }

    // Whoever asks before he sends his content is told at once when it would be in vain. A client whose content is there already did
    // not wait, and needs no telling.
    private HttpStatusCode? LetContinue(IBufferWriter<byte> reply)
    {
        if (StatusOf(_reader.Head.Method) is not HttpStatusCode.OK and var status)
            return status;
        reply.Write(Responses.Continue);
        return null;
    }

    // 501 for methods that the server does not know, 405 for those that this page does not allow (RFC 9110 §9.1).
    private static HttpStatusCode StatusOf(Method method) =>
        method switch
        {
            Method.Get or Method.Head => HttpStatusCode.OK,
            Method.NotAllowed => HttpStatusCode.MethodNotAllowed,
            _ => HttpStatusCode.NotImplemented,
        };
}
