using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Serving;
using static C10k.Servers.Models.Loops.Trap;

namespace C10k.Servers.Models.Loops;

/// <summary>
/// Coroutines before there was async: a generator reads like a blocking server, and where that would block it yields what it waits for.
/// The compiler turns it into an object that remembers where it stands, and a scheduler runs ten thousand of them in turn.
/// </summary>
internal sealed class GeneratorServer
{
    private readonly EventLoop _loop;
    private readonly Listener _listener;
    private readonly Func<IConversation> _newConversation;
    private readonly Scheduler _scheduler;
    private readonly LoopBuffers _buffers = new();

    private GeneratorServer(EventLoop loop, Listener listener, Func<IConversation> newConversation)
    {
        (_loop, _listener, _newConversation) = (loop, listener, newConversation);
        _scheduler = new Scheduler(loop, LoopModel.Report);
    }

    public static void Serve(EventLoop loop, Listener listener, Func<IConversation> newConversation)
    {
        var server = new GeneratorServer(loop, listener, newConversation);
        server._scheduler.Run(server.AcceptAll());
    }

    private IEnumerator<Trap> AcceptAll()
    {
        Accepted accepted;
        while ((accepted = _listener.Accept()) != Accepted.Stopped)
        {
            if (accepted.IsConnection)
                _scheduler.Spawn(ServeClient(accepted.Descriptor));
            else
                yield return Readable(_listener.Descriptor);
        }
    }

    private IEnumerator<Trap> ServeClient(int descriptor)
    {
        using var client = new LoopClient(descriptor, _newConversation(), _loop, _buffers);
        while (client.IsOpen)
        {
            yield return Readable(descriptor);
            client.Receive();
            // A generator is an object: an answer that need not wait does without.
            if (!client.TryAnswer())
                yield return From(Answer(client));
        }
    }

    // Everything that was received is answered before more is received: that is the back-pressure.
    private static IEnumerator<Trap> Answer(LoopClient client)
    {
        do
        {
            if (client.Delay is { } delay)
            {
                client.Keep();
                yield return Sleep(delay);
            }
            while (!client.Send())
                yield return Writable(client.Descriptor);
        } while (client.Resume());
    }
}
