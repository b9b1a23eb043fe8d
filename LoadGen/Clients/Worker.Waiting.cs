using System.Diagnostics;
using C10k.Linux;

namespace C10k.LoadGen.Clients;

/// <summary>Waiting for events and for moments, whichever comes first.</summary>
internal sealed partial class Worker
{
    // At first each client has one try: how many of them succeed is what connecting tells.
    private long NextRetry => _connecting ? long.MaxValue : _retries.Next;

    private int Wait()
    {
        var due = Math.Min(
            Math.Min(_nextBorder, _nextConnectCheck),
            Math.Min(Math.Min(_nextSettling, _nextGreetingLook), NextRetry)
        );
        var exact = Math.Min(_turns.Next, _reads.Next);
        if (_inLine.Count > 0)
            return Syscall.WaitEpoll(_epoll, _events, TimeSpan.Zero);
        if (due == long.MaxValue && exact == long.MaxValue)
            return Syscall.WaitEpoll(_epoll, _events);
        var now = Stopwatch.GetTimestamp();
        due = Math.Min(due, exact == long.MaxValue ? exact : exact - SpinTicks);
        return due > now ? Syscall.WaitEpoll(_epoll, _events, Stopwatch.GetElapsedTime(now, due)) : Spin(now);
    }

    private int Spin(long began)
    {
        var count = Syscall.WaitEpoll(_epoll, _events, TimeSpan.Zero);
        var now = Stopwatch.GetTimestamp();
        if (count == 0 && now < Math.Min(_turns.Next, _reads.Next))
            _spunTicks += now - began;
        return count;
    }

    private void RunTimers(long now)
    {
        while (_turns.TryTake(now, out var index))
            OnTurn(index, now);
        while (_reads.TryTake(now, out var index))
            OnTimeToRead(index);
        if (now < NextRetry)
            return;
        while (_retries.TryTake(now, out var index))
        {
            if (_clients[index].State == ClientState.Waiting)
                _toConnect.Enqueue(index);
        }
        ConnectMore();
    }
}
