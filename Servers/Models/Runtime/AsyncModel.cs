using System.Buffers;
using System.Net.Sockets;
using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Runtime;

/// <summary>
/// Everyday .NET: one asynchronous method for each client, written as if it blocked. Under it the runtime runs an epoll thread of its
/// own and continues each method on the thread pool when its socket is ready.
/// </summary>
internal sealed class AsyncModel : IServerModel
{
    private const int BufferBytes = 4096;

    public ModelInfo Info { get; } =
        new(
            "async",
            "runtime",
            "Socket async/await on the runtime's thread pool.",
            "everyday .NET servers; in other languages Go, Kotlin and Java's virtual threads look alike"
        )
        {
            Threads = "cpus",
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: true, stop);
        using var acceptor = new SocketAcceptor(listener, stop);
        context.Ready(listener);
        ServeAll(acceptor, context, stop).GetAwaiter().GetResult();
    }

    private static async Task ServeAll(SocketAcceptor acceptor, ServerContext context, CancellationToken stop)
    {
        var clients = new LiveTasks();
        while (await acceptor.Accept() is { } client)
            clients.Add(ServeClient(client, context.NewConversation(), stop));
        await clients.WhenAllAreDone();
    }

    private static async Task ServeClient(Socket client, IConversation conversation, CancellationToken stop)
    {
        using var connection = client;
        await Task.Yield(); // Back to accepting: a client that never stops sending would never be waited for.
        var exchange = new Exchange(conversation);
        var received = new byte[BufferBytes];
        var reply = new ArrayBufferWriter<byte>(BufferBytes);
        try
        {
            int count;
            while ((count = await client.ReceiveAsync(received, stop)) > 0)
            {
                reply.ResetWrittenCount();
                if (await Answer(client, exchange, exchange.Feed(received.AsSpan(0, count), reply), reply, stop))
                    continue;
                await LingeringClose.Linger(client, received, stop);
                return;
            }
        }
        catch (Exception lost) when (lost is SocketException or OperationCanceledException)
        {
            // The client is gone, had its time, or the server stops: in any case this conversation is over.
        }
    }

    // Does what the conversation says until it wants to receive more; false when the connection is to be closed.
    private static async ValueTask<bool> Answer(
        Socket client,
        Exchange exchange,
        Step step,
        ArrayBufferWriter<byte> reply,
        CancellationToken stop
    )
    {
        while (true)
        {
            if (step.Kind == StepKind.Wait)
                await Task.Delay(step.DelayMs, stop);
            for (var rest = reply.WrittenMemory; !rest.IsEmpty; )
                rest = rest[await client.SendAsync(rest, stop)..];
            if (step.Kind is StepKind.Continue or StepKind.Close)
                return step.Kind == StepKind.Continue;
            reply.ResetWrittenCount();
            step = exchange.Resume(reply);
        }
    }
}
