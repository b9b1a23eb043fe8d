using System.Diagnostics;

namespace C10k.LoadGen.Clients;

/// <summary>The end of the load: nobody asks any more, and the replies that are still to come have some time to do so.</summary>
internal sealed partial class Worker
{
    private static readonly TimeSpan SettleEvery = TimeSpan.FromMilliseconds(5);

    private TaskCompletionSource<long>? _settled;
    private long _settleUntil;
    private long _overdue;
    private long _nextSettling = long.MaxValue;

    /// <summary>
    /// Ends the asking, waits for what is under way, and tells how many requests stayed without a reply; those that were due by their
    /// schedule and could not even be sent are among them.
    /// </summary>
    /// <param name="patience">How long to wait at most.</param>
    public Task<long> Settle(TimeSpan patience)
    {
        _settled = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            var now = Stopwatch.GetTimestamp();
            _overdue = _loading && _plans is not null ? CountOverdue(now) : 0;
            _loading = false;
            _isPlain = false;
            _settleUntil = now + ToTicks(patience);
            _nextSettling = now;
        });
        return _settled.Task;
    }

    private void SettleIfDue(long now)
    {
        if (now < _nextSettling)
            return;
        var left = 0L;
        foreach (ref readonly var client in _clients.AsSpan())
            left += client.State == ClientState.Connected ? client.UnderWay : 0;
        _nextSettling = left > 0 && now < _settleUntil ? now + ToTicks(SettleEvery) : long.MaxValue;
        if (_nextSettling == long.MaxValue)
            _settled!.SetResult(left + _overdue);
    }

    private long CountOverdue(long now)
    {
        var count = 0L;
        for (var index = 0; index < _clients.Length; index++)
        {
            if (_clients[index].State is ClientState.Gone || !_clients[index].Has(ClientMarks.Active))
                continue;
            for (ref var due = ref _plans![index]; due < now; due += Math.Max(1, _gaps.Next()))
                count++;
        }
        return count;
    }
}
