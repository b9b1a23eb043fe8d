using System.Buffers;
using System.IO.Pipelines;
using C10k.Conversations;

namespace C10k.Servers.Serving;

/// <summary>
/// The application's side of a connection that is a pair of pipes: reads requests from one and writes replies into the other. Who fills
/// and empties them at the other ends is not seen from here. A reply that its client does not take fills the pipe, flushing then
/// waits, and nothing is read meanwhile: that is the back-pressure.
/// </summary>
internal static class PipeConversation
{
    // Filled and emptied between two awaits, so that one for each thread is enough.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_reply;

    /// <summary>Converses until the client has left or is to be sent away; then completes its ends of both pipes.</summary>
    /// <param name="stop">Ends waits in the application. What ends waits for the client is the end of the connection.</param>
    public static async Task Run(IDuplexPipe connection, IConversation conversation, CancellationToken stop)
    {
        try
        {
            await AnswerAll(connection, new Exchange(conversation), stop);
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            // The client is gone or the server stops: either way this conversation is over.
        }
        finally
        {
            await connection.Input.CompleteAsync();
            await connection.Output.CompleteAsync();
        }
    }

    private static async Task AnswerAll(IDuplexPipe connection, Exchange exchange, CancellationToken stop)
    {
        while (true)
        {
            var read = await connection.Input.ReadAsync(CancellationToken.None);
            foreach (var piece in read.Buffer)
            {
                if (!await Answer(connection.Output, exchange, piece, stop))
                    return;
            }
            connection.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    // Does what the conversation says until it wants to receive more; false when the connection is to be closed.
    private static async ValueTask<bool> Answer(
        PipeWriter output,
        Exchange exchange,
        ReadOnlyMemory<byte> received,
        CancellationToken stop
    )
    {
        var step = Feed(exchange, received.Span, output);
        while (true)
        {
            if (step.Kind == StepKind.Wait)
                await Task.Delay(step.DelayMs, stop);
            var flushed = await output.FlushAsync(CancellationToken.None);
            if (flushed.IsCompleted || step.Kind == StepKind.Close)
                return false;
            if (step.Kind == StepKind.Continue)
                return true;
            step = Resume(exchange, output);
        }
    }

    private static Step Feed(Exchange exchange, ReadOnlySpan<byte> received, PipeWriter output)
    {
        var reply = EmptyReply();
        var step = exchange.Feed(received, reply);
        output.Write(reply.WrittenSpan);
        return step;
    }

    private static Step Resume(Exchange exchange, PipeWriter output)
    {
        var reply = EmptyReply();
        var step = exchange.Resume(reply);
        output.Write(reply.WrittenSpan);
        return step;
    }

    private static ArrayBufferWriter<byte> EmptyReply()
    {
        var reply = t_reply ??= new ArrayBufferWriter<byte>();
        reply.ResetWrittenCount();
        return reply;
    }
}
