using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Loops;

/// <summary>
/// How asyncio serves: the code reads like that of a blocking server, and every <c>await</c> leaves the rest of the method with the event
/// loop as a callback. All methods run on the loop's thread, one at a time, and change places only where they await.
/// </summary>
internal sealed class AsyncLoopServer
{
    private readonly EventLoop _loop;
    private readonly Listener _listener;
    private readonly Func<IConversation> _newConversation;
    private readonly LoopBuffers _buffers = new();

    private AsyncLoopServer(EventLoop loop, Listener listener, Func<IConversation> newConversation) =>
        (_loop, _listener, _newConversation) = (loop, listener, newConversation);

    public static void Serve(EventLoop loop, Listener listener, Func<IConversation> newConversation) =>
        loop.RunUntilComplete(new AsyncLoopServer(loop, listener, newConversation).AcceptAll());

    private async Task AcceptAll()
    {
        Accepted accepted;
        while ((accepted = _listener.Accept()) != Accepted.Stopped)
        {
            if (accepted.IsConnection)
                _ = ServeClient(accepted.Descriptor);
            else
                await _loop.Readable(_listener.Descriptor);
        }
    }

    // Nobody awaits this: what goes wrong ends this client, and is told of here or nowhere.
    private async Task ServeClient(int descriptor)
    {
        using var client = new LoopClient(descriptor, _newConversation(), _loop, _buffers);
        try
        {
            await Converse(client);
        }
        catch (OperationCanceledException) when (_loop.IsCancelled)
        {
            // The server stops.
        }
        catch (Exception crash)
        {
            LoopModel.Report(crash);
        }
    }

    // One method for the whole conversation: a method for each answer would have to be allocated each time that it waits.
    private async Task Converse(LoopClient client)
    {
        while (client.IsOpen)
        {
            await _loop.Readable(client.Descriptor);
            client.Receive();
            do
            {
                if (client.Delay is { } delay)
                {
                    client.Keep();
                    await _loop.Sleep(delay);
                }
                while (!client.Send())
                    await _loop.Writable(client.Descriptor);
            } while (client.Resume());
        }
    }
}
