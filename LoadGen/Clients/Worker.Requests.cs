using System.Diagnostics;
using C10k.Linux;
using C10k.LoadGen.Sides;

namespace C10k.LoadGen.Clients;

/// <summary>Sending requests and checking replies.</summary>
internal sealed partial class Worker
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly ClientSide _side;
    private readonly byte[] _incoming = GC.AllocateUninitializedArray<byte>(MessagePattern.MaxPieceBytes, pinned: true);
    private readonly byte[] _outgoing = GC.AllocateUninitializedArray<byte>(MessagePattern.MaxPieceBytes, pinned: true);

    private void OnReady(int index, ref Client client, uint mask)
    {
        if ((mask & ~Epoll.EPOLLOUT) != 0)
        {
            var hasEnded = (mask & ~(Epoll.EPOLLIN | Epoll.EPOLLOUT)) != 0;
            if (!client.Has(ClientMarks.Slow))
                ReceiveAll(index, ref client, hasEnded);
            else
                ReceiveSlowly(index, ref client, hasEnded);
        }
        if (
            (mask & Epoll.EPOLLOUT) != 0
            && client.State == ClientState.Connected
            && client.Sent < client.SendLength
            && SendRest(index, ref client)
        )
            OnSent(index, ref client);
    }

    // Begins the next request; false when the connection is lost.
    private bool Ask(int index, ref Client client, long now)
    {
        client.Asked++;
        client.Since = now;
        client.Sent = 0;
        client.SendLength = _side.RequestLength(LastRequest(index, in client));
        return SendRest(index, ref client) || client.State == ClientState.Connected;
    }

    // True when all is sent.
    private bool SendRest(int index, ref Client client)
    {
        while (client.Sent < client.SendLength)
        {
            var piece = _outgoing.AsSpan(0, Math.Min(client.SendLength - client.Sent, _outgoing.Length));
            _side.Write(LastRequest(index, in client), client.Sent, piece);
            var transfer = Syscall.SendNow(client.Descriptor, piece);
            if (transfer.WouldBlock)
                return false;
            if (transfer.Failed)
            {
                Count(transfer.Errno);
                Lose(index, ref client);
                return false;
            }
            client.Sent += transfer.Result;
        }
        return true;
    }

    // Edge-triggered: read until the kernel has no more, which a buffer that was not filled tells without another call, see epoll(7).
    // But an end that was told together with the last bytes is not told again: it has to be read, too.
    private void ReceiveAll(int index, ref Client client, bool hasEnded)
    {
        Transfer transfer;
        do
        {
            transfer = Syscall.ReceiveNow(client.Descriptor, _incoming);
            if (!transfer.Moved)
            {
                OnNothingReceived(index, ref client, transfer);
                return;
            }
        } while (
            Take(index, ref client, _incoming.AsSpan(0, transfer.Result))
            && (hasEnded || transfer.Result == _incoming.Length)
        );
    }

    private void OnNothingReceived(int index, ref Client client, Transfer transfer)
    {
        if (transfer.WouldBlock)
            return;
        if (transfer.Failed)
            Count(transfer.Errno);
        else
            _errors.Closed++;
        Lose(index, ref client);
    }

    private bool Take(int index, ref Client client, ReadOnlySpan<byte> bytes) =>
        TryTakePlainEcho(index, ref client, bytes)
            ? client.State == ClientState.Connected
            : TakeReplies(index, ref client, bytes);

    // False when this connection is no more: what came is not what it had to be, or the client took another connection.
    private bool TakeReplies(int index, ref Client client, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (!MayCome(in client, bytes.Length))
                return LoseTo(ref _errors.Excess, index, ref client);
            var state = _side.Take(ref client, NextReply(index, in client), bytes, out var taken);
            bytes = bytes[taken..];
            if (state == ReplyState.Begun && bytes.IsEmpty)
                return true;
            if (state is ReplyState.Wrong or ReplyState.Begun)
                return LoseTo(ref _errors.Corrupt, index, ref client);
            // What comes behind the last reply that was asked for makes that one wrong, too.
            if (!bytes.IsEmpty && client.UnderWay == 1)
                return LoseTo(ref _errors.Excess, index, ref client);
            if (!Complete(index, ref client, isLast: state == ReplyState.CompleteAndLast))
                return false;
        }
        return true;
    }

    // Nobody answers what was not asked, or not asked to the end yet.
    private bool MayCome(ref readonly Client client, int bytes) =>
        client.UnderWay > 1
        || (
            client.UnderWay == 1
            && (client.Sent == client.SendLength || (_side.AnswersEarly && bytes <= client.Sent - client.Received))
        );

    private bool LoseTo(ref long error, int index, ref Client client)
    {
        error++;
        Lose(index, ref client);
        return false;
    }

    // False when the client took another connection, or has none.
    private bool Complete(int index, ref Client client, bool isLast)
    {
        var now = Stopwatch.GetTimestamp();
        RollIfDue(now);
        client.Answered++;
        client.Replies++;
        client.Received = 0;
        if (_isPlain && !isLast)
        {
            _tally.Distributions.Latency.Record((long)((now - client.Since) * NanosecondsPerTick));
            return Ask(index, ref client, now);
        }
        Record(index, in client, now);
        if (isLast || HasSaidAll(in client))
        {
            Renew(index, ref client);
            return false;
        }
        GoOn(index, ref client, now);
        return client.State == ClientState.Connected;
    }

    private MessageId LastRequest(int index, ref readonly Client client) =>
        new(_firstClient + index, client.Asked, client.Asked == client.Born + 1);

    private MessageId NextReply(int index, ref readonly Client client) =>
        new(_firstClient + index, client.Answered + 1, client.Answered == client.Born);
}
