using System.Diagnostics;
using C10k.LoadGen.Arrivals;

namespace C10k.LoadGen.Clients;

/// <summary>When it is whose turn to ask: think times, schedules, pipelines, and the number of requests that a connection is good for.</summary>
internal sealed partial class Worker
{
    // Who can always go on (a sink takes whatever it is given) lets the others have their turn after so many requests.
    private const int RequestsPerTurn = 16;

    // The kernel wakes us some 40 µs after the moment that was asked for; the last bit is therefore waited for without sleeping.
    private static readonly long SpinTicks = Stopwatch.Frequency / 1_000_000 * 60;

    private readonly Gaps _gaps;
    private readonly bool _isTimed;
    private readonly Timers _turns = new();
    private readonly Queue<int> _inLine = new();

    // When each client sends its next request, where there is a schedule; in ticks of Stopwatch.
    private readonly long[]? _plans;

    // When the requests that are under way were sent, and when they should have been; where there can be several, or a schedule.
    private readonly Stamp[]? _stamps;
    private bool _loading;
    private bool _isPlain;
    private long _spunTicks;

    /// <summary>Begins the load.</summary>
    /// <param name="begin">When the schedule begins, where there is one; in ticks of <see cref="Stopwatch"/>.</param>
    public void BeginLoad(long begin) =>
        Post(() =>
        {
            _loading = true;
            _isPlain = IsPlain(_options) && _side.GetsReplies;
            _plain = FindPlain();
            for (var index = 0; index < _clients.Length; index++)
            {
                ref var client = ref _clients[index];
                if (!client.Has(ClientMarks.Active))
                    continue;
                var first = begin + _gaps.First(_options.ActiveBefore(_firstClient + index));
                if (_plans is not null)
                    _plans[index] = first;
                if (client.State != ClientState.Connected)
                    continue;
                if (_isTimed)
                    SetTimer(index, ref client, first);
                else
                    AskAll(index, ref client, Stopwatch.GetTimestamp());
            }
        });

    /// <summary>One request at a time, the next at once, on the same connection for ever: then there is nothing to look up.</summary>
    private static bool IsPlain(LoadOptions options) =>
        options.Pace.Kind == PaceKind.AtOnce && options is { Pipeline: 1, RequestsPerConnection: 0, Commanders: 0 };

    private static bool NeedsStamps(LoadOptions options) =>
        options.Pipeline > 1 || options.Pace.Kind == PaceKind.Scheduled;

    // After a reply, or on a new connection.
    private void GoOn(int index, ref Client client, long now)
    {
        if (!_loading || !client.Has(ClientMarks.Active))
            return;
        switch (_options.Pace.Kind)
        {
            case PaceKind.AtOnce:
                AskAll(index, ref client, now);
                break;
            case PaceKind.Think:
                SetTimer(index, ref client, now + _gaps.Next());
                break;
            case PaceKind.Scheduled:
                AskWhatIsDue(index, ref client, isOnTime: false);
                break;
        }
    }

    private void OnTurn(int index, long now)
    {
        ref var client = ref _clients[index];
        client.Marks &= ~ClientMarks.TimedToAsk;
        if (client.State != ClientState.Connected || !_loading)
            return;
        if (_plans is not null)
            AskWhatIsDue(index, ref client, isOnTime: true);
        else if (MayAsk(in client))
            AskOnce(index, ref client, now);
    }

    private bool MayAsk(ref readonly Client client) =>
        client.State == ClientState.Connected
        && client.Sent == client.SendLength
        && client.UnderWay < _options.Pipeline
        && (_options.RequestsPerConnection == 0 || client.Asked - client.Born < _options.RequestsPerConnection);

    private void AskAll(int index, ref Client client, long now)
    {
        for (var left = RequestsPerTurn; MayAsk(in client); left--)
        {
            if (left == 0)
            {
                StandInLine(index, ref client);
                return;
            }
            AskOnce(index, ref client, now);
            now = Stopwatch.GetTimestamp();
        }
    }

    // The requests whose moment has come; behind schedule, one after the other until none is left that should have been sent.
    private void AskWhatIsDue(int index, ref Client client, bool isOnTime)
    {
        ref var due = ref _plans![index];
        for (var left = RequestsPerTurn; MayAsk(in client); left--)
        {
            var now = Stopwatch.GetTimestamp();
            if (due > _lastDue)
                return;
            if (due > now)
            {
                SetTimer(index, ref client, due);
                return;
            }
            if (left == 0)
            {
                StandInLine(index, ref client);
                return;
            }
            var lag = (long)((now - due) * NanosecondsPerTick);
            RollIfDue(now);
            _tally.Distributions.Lag!.Record(lag);
            // Only the first one since it waited for its moment: the others were held up by the client's earlier requests.
            if (isOnTime)
                _tally.Distributions.Pacing!.Record(lag);
            isOnTime = false;
            var intended = due;
            due += _gaps.Next();
            AskOnce(index, ref client, now, intended);
        }
    }

    private void AskOnce(int index, ref Client client, long now, long intended = 0)
    {
        if (_stamps is not null)
            StampOf(index, client.Asked + 1) = new Stamp(now, intended == 0 ? now : intended);
        if (Ask(index, ref client, now) && !_side.GetsReplies)
            OnSent(index, ref client);
    }

    // A request that could not be sent at once is sent now.
    private void OnSent(int index, ref Client client)
    {
        if (
            !_side.GetsReplies
            && client is { State: ClientState.Connected, UnderWay: > 0 }
            && client.Sent == client.SendLength
        )
            CompleteUnanswered(index, ref client);
        else if (_options.Pipeline > 1)
            GoOn(index, ref client, Stopwatch.GetTimestamp());
    }

    private void CompleteUnanswered(int index, ref Client client)
    {
        var now = Stopwatch.GetTimestamp();
        RollIfDue(now);
        client.Answered++;
        client.Replies++;
        Record(index, in client, now);
        if (HasSaidAll(in client))
            Renew(index, ref client);
        else if (_loading)
            StandInLine(index, ref client);
    }

    private void StandInLine(int index, ref Client client)
    {
        if (client.Has(ClientMarks.InLine))
            return;
        client.Marks |= ClientMarks.InLine;
        _inLine.Enqueue(index);
    }

    private void LetOthersGoOn()
    {
        for (var left = _inLine.Count; left > 0; left--)
        {
            var index = _inLine.Dequeue();
            ref var client = ref _clients[index];
            client.Marks &= ~ClientMarks.InLine;
            if (client.State == ClientState.Connected)
                GoOn(index, ref client, Stopwatch.GetTimestamp());
        }
    }

    private void SetTimer(int index, ref Client client, long moment)
    {
        if (client.Has(ClientMarks.TimedToAsk))
            return;
        client.Marks |= ClientMarks.TimedToAsk;
        _turns.Set(index, moment);
    }

    private void Record(int index, ref readonly Client client, long now)
    {
        if (client.Has(ClientMarks.Commander))
            return;
        if (_stamps is null)
        {
            _tally.Distributions.Latency.Record((long)((now - client.Since) * NanosecondsPerTick));
            return;
        }
        var stamp = StampOf(index, client.Answered);
        _tally.Distributions.Service.Record((long)((now - stamp.Sent) * NanosecondsPerTick));
        if (_plans is not null)
            _tally.Distributions.Latency.Record((long)((now - stamp.Intended) * NanosecondsPerTick));
    }

    private ref Stamp StampOf(int index, uint sequence) =>
        ref _stamps![(long)index * _options.Pipeline + sequence % (uint)_options.Pipeline];

    private bool HasSaidAll(ref readonly Client client) =>
        _options.RequestsPerConnection > 0
        && client.UnderWay == 0
        && client.Asked - client.Born >= _options.RequestsPerConnection;

    // The orderly end of a connection, and the beginning of the next. A server that announces the end leaves the rest of a pipeline
    // unanswered.
    private void Renew(int index, ref Client client)
    {
        Abandon(index, ref client);
        client.State = _loading ? ClientState.Waiting : ClientState.Gone;
        if (!_loading)
            return;
        _toConnect.Enqueue(index);
        ConnectMore();
    }

    private readonly record struct Stamp(long Sent, long Intended);
}
