using System.Diagnostics;

namespace C10k.LoadGen.Clients;

/// <summary>
/// Before the load: every client asks once, and rests when it has its reply. A server that starts a thread or a process for each client
/// would otherwise have to start most of them against the load of the others, and clients that are connected, but not yet served,
/// would be taken for clients that it cannot serve. Where nothing is answered, connections are renewed, or replies are read slowly, there
/// is nobody to wait for.
/// </summary>
internal sealed partial class Worker
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private TaskCompletionSource<int>? _greeted;
    private long _nextGreetingLook = long.MaxValue;
    private long _greetingBegin;
    private long _lastGreetingNews;
    private long _greetingPatience;
    private long _greetingEnd;
    private int _greetedClients;

    /// <summary>Lets every client have one reply, and tells how many got it.</summary>
    /// <param name="patience">After how long without another client that got its reply to give up waiting for the rest; as long as it has taken so far, where that is more.</param>
    /// <param name="limit">After how long to give up in any case.</param>
    public Task<int> Greet(TimeSpan patience, TimeSpan limit)
    {
        if (!_side.GetsReplies || _options.RequestsPerConnection > 0 || _options.ReadRate > 0)
            return Task.FromResult(0);
        _greeted = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            for (var index = 0; index < _clients.Length; index++)
            {
                ref var client = ref _clients[index];
                if (client.Has(ClientMarks.Active) && MayAsk(in client))
                    AskOnce(index, ref client, Stopwatch.GetTimestamp());
            }
            _greetingBegin = _lastGreetingNews = _nextGreetingLook = Stopwatch.GetTimestamp();
            _greetingPatience = ToTicks(patience);
            _greetingEnd = _lastGreetingNews + ToTicks(limit);
        });
        return _greeted.Task;
    }

    private void LookAtGreetingIfDue(long now)
    {
        if (now < _nextGreetingLook)
            return;
        var (answered, waiting) = CountGreeted();
        if (answered > _greetedClients)
            (_greetedClients, _lastGreetingNews) = (answered, now);
        // A client whose connect met a full accept queue, as behind a server that starts processes, is let in by the next retransmission
        // of what it sent; and each of these waits twice as long as the one before (RFC 6298, 5.5).
        var patience = Math.Max(_greetingPatience, _lastGreetingNews - _greetingBegin);
        var isOver = waiting == 0 || now - _lastGreetingNews >= patience || now >= _greetingEnd;
        _nextGreetingLook = isOver ? long.MaxValue : now + ToTicks(LookEvery);
        if (isOver)
            _greeted!.SetResult(answered);
    }

    private (int Answered, int Waiting) CountGreeted()
    {
        var (answered, waiting) = (0, 0);
        foreach (ref var client in _clients.AsSpan())
        {
            answered += client.Replies > 0 ? 1 : 0;
            waiting += client is { State: ClientState.Connected, UnderWay: > 0 } ? 1 : 0;
        }
        return (answered, waiting);
    }
}
