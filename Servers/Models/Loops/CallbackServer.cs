using C10k.Conversations;
using C10k.Hosting;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Loops;

/// <summary>
/// How servers were written for Node.js before there were promises: nothing waits; who has to, leaves a callback and returns. What a
/// blocking server writes as one loop falls apart into functions, each of which says which one is next.
/// </summary>
internal sealed class CallbackServer
{
    private readonly EventLoop _loop;
    private readonly Listener _listener;
    private readonly Func<IConversation> _newConversation;
    private readonly LoopBuffers _buffers = new();
    private readonly HashSet<CallbackClient> _clients = [];
    private readonly Action _onConnection;
    private bool _isStopped;

    private CallbackServer(EventLoop loop, Listener listener, Func<IConversation> newConversation)
    {
        (_loop, _listener, _newConversation) = (loop, listener, newConversation);
        _onConnection = OnConnection;
    }

    public static void Serve(EventLoop loop, Listener listener, Func<IConversation> newConversation)
    {
        var server = new CallbackServer(loop, listener, newConversation);
        loop.WhenReadable(listener.Descriptor, server._onConnection);
        while (!server._isStopped)
            loop.Turn();
        foreach (var client in server._clients.ToList())
            client.Close();
    }

    private void OnConnection()
    {
        Accepted accepted;
        while ((accepted = _listener.Accept()).IsConnection)
        {
            var client = new LoopClient(accepted.Descriptor, _newConversation(), _loop, _buffers);
            new CallbackClient(_loop, client, _clients).Begin();
        }
        _isStopped = accepted == Accepted.Stopped;
        _loop.WhenReadable(_listener.Descriptor, _onConnection);
    }
}

/// <summary>One client. Between two callbacks there is no stack that remembers anything: all that is known of it stands in objects.</summary>
internal sealed class CallbackClient
{
    private readonly EventLoop _loop;
    private readonly LoopClient _client;
    private readonly HashSet<CallbackClient> _clients;

    // Made once: a method that is passed as a callback is a new object each time.
    private readonly Action _onReadable;
    private readonly Action _sendReply;

    public CallbackClient(EventLoop loop, LoopClient client, HashSet<CallbackClient> clients)
    {
        (_loop, _client, _clients) = (loop, client, clients);
        (_onReadable, _sendReply) = (OnReadable, SendReply);
    }

    public void Begin()
    {
        _clients.Add(this);
        _loop.WhenReadable(_client.Descriptor, _onReadable);
    }

    public void Close()
    {
        _clients.Remove(this);
        _client.Dispose();
    }

    private void OnReadable()
    {
        _client.Receive();
        Answer();
    }

    private void Answer()
    {
        if (_client.Delay is not { } delay)
        {
            SendReply();
            return;
        }
        _client.Keep();
        _loop.After(delay, _sendReply);
    }

    // Called at once, when the delay is over, or when the client takes bytes again: nothing here can tell which.
    private void SendReply()
    {
        if (!_client.Send())
            _loop.WhenWritable(_client.Descriptor, _sendReply);
        else if (_client.Resume())
            Answer();
        else if (_client.IsOpen)
            _loop.WhenReadable(_client.Descriptor, _onReadable);
        else
            Close();
    }
}
