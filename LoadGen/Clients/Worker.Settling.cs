using System.Diagnostics;

namespace C10k.LoadGen.Clients;

/// <summary>The end of the load: nobody asks any more, and the replies that are still to come have some time to do so.</summary>
internal sealed partial class Worker
{
    private static readonly TimeSpan SettleEvery = TimeSpan.FromMilliseconds(5);

    private TaskCompletionSource<Unfinished>? _settled;
    private long _settleUntil;
    private long _nextSettling = long.MaxValue;

    // The end of the schedule, in ticks of Stopwatch: what was due before is still sent.
    private long _lastDue = long.MaxValue;

    /// <summary>
    /// Ends the load, waits for the replies under way, and tells what became of the requests that got none. Where there is a schedule,
    /// those that were due and could not be sent yet are sent now; if time does not suffice even for that, they are counted, too.
    /// </summary>
    /// <param name="patience">How long to wait at most.</param>
    public Task<Unfinished> Settle(TimeSpan patience)
    {
        _settled = new TaskCompletionSource<Unfinished>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            var now = Stopwatch.GetTimestamp();
            _loading &= _plans is not null;
            _isPlain = false;
            _plain = null;
            _lastDue = now;
            _settleUntil = now + ToTicks(patience);
            _nextSettling = now;
        });
        return _settled.Task;
    }

    private void SettleIfDue(long now)
    {
        if (now < _nextSettling)
            return;
        var isSettled = now >= _settleUntil || !IsAnythingUnderWay();
        _nextSettling = isSettled ? long.MaxValue : now + ToTicks(SettleEvery);
        if (isSettled)
            _settled!.SetResult(CountUnfinished());
    }

    private bool IsAnythingUnderWay()
    {
        for (var index = 0; index < _clients.Length; index++)
        {
            if (UnderWay(index) > 0 || IsOverdue(index))
                return true;
        }
        return false;
    }

    private Unfinished CountUnfinished()
    {
        var all = new Unfinished(Unanswered: 0, _lostRequests, NotSent: 0);
        for (var index = 0; index < _clients.Length; index++)
        {
            var due = CountDue(index);
            all +=
                _clients[index].State == ClientState.Gone
                    ? new Unfinished(Unanswered: 0, Lost: 0, NotSent: due)
                    : new Unfinished(UnderWay(index) + due, Lost: 0, NotSent: 0);
        }
        return all;
    }

    private uint UnderWay(int index) => _clients[index].State == ClientState.Connected ? _clients[index].UnderWay : 0;

    // Who is gone asks no more, but his schedule goes on: what was due of it is missing from the load.
    private long CountDue(int index)
    {
        var count = 0L;
        for (; IsDue(index); _plans![index] += Math.Max(1, _gaps.Next()))
            count++;
        return count;
    }

    private bool IsOverdue(int index) => IsDue(index) && _clients[index].State != ClientState.Gone;

    private bool IsDue(int index) => _loading && _plans?[index] <= _lastDue && _clients[index].Has(ClientMarks.Active);
}
