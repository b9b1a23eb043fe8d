using System.Diagnostics;
using C10k.Linux;

namespace C10k.LoadGen.Clients;

/// <summary>Asking and checking: a closed loop, in which each client sends its next request when the reply to the last one is complete.</summary>
internal sealed partial class Worker
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly MessagePattern _pattern;
    private readonly byte[] _incoming = GC.AllocateUninitializedArray<byte>(MessagePattern.MaxPieceBytes, pinned: true);
    private readonly byte[] _outgoing = GC.AllocateUninitializedArray<byte>(MessagePattern.MaxPieceBytes, pinned: true);

    /// <summary>Lets every connected client send its first request.</summary>
    public void BeginLoad() =>
        Post(() =>
        {
            for (var index = 0; index < _clients.Length; index++)
            {
                if (_clients[index].State == ClientState.Idle)
                    Ask(index, ref _clients[index], Stopwatch.GetTimestamp());
            }
        });

    private void OnReady(int index, ref Client client, uint mask)
    {
        if ((mask & ~Epoll.EPOLLOUT) != 0)
            ReceiveAll(index, ref client, hasEnded: (mask & ~(Epoll.EPOLLIN | Epoll.EPOLLOUT)) != 0);
        if ((mask & Epoll.EPOLLOUT) != 0 && client.State == ClientState.Asking && client.Sent < _options.MessageBytes)
            SendRest(index, ref client);
    }

    private void Ask(int index, ref Client client, long now)
    {
        client.State = ClientState.Asking;
        client.Since = now;
        client.Sent = 0;
        client.Received = 0;
        client.Sequence++;
        SendRest(index, ref client);
    }

    private void SendRest(int index, ref Client client)
    {
        while (client.Sent < _options.MessageBytes)
        {
            var piece = _outgoing.AsSpan(0, Math.Min(_options.MessageBytes - client.Sent, _outgoing.Length));
            _pattern.Write(_firstClient + index, client.Sequence, client.Sent, piece);
            var transfer = Syscall.SendNow(client.Descriptor, piece);
            if (transfer.WouldBlock)
                return;
            if (transfer.Failed)
            {
                LoseTo(ref client, transfer.Errno);
                return;
            }
            client.Sent += transfer.Result;
        }
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
                OnNothingReceived(ref client, transfer);
                return;
            }
        } while (
            TakeReply(index, ref client, _incoming.AsSpan(0, transfer.Result))
            && (hasEnded || transfer.Result == _incoming.Length)
        );
    }

    private void OnNothingReceived(ref Client client, Transfer transfer)
    {
        if (transfer.WouldBlock)
            return;
        if (transfer.Failed)
        {
            LoseTo(ref client, transfer.Errno);
            return;
        }
        _errors.Closed++;
        Lose(ref client);
    }

    // False when the client is lost: what came is not what was sent, or more than was sent.
    private bool TakeReply(int index, ref Client client, ReadOnlySpan<byte> bytes)
    {
        if (
            client.State != ClientState.Asking
            || bytes.Length > client.Sent - client.Received
            || !_pattern.Matches(_firstClient + index, client.Sequence, client.Received, bytes)
        )
        {
            _errors.Corrupt++;
            Lose(ref client);
            return false;
        }
        client.Received += bytes.Length;
        if (client.Received == _options.MessageBytes)
            Complete(index, ref client);
        return client.State == ClientState.Asking;
    }

    private void Complete(int index, ref Client client)
    {
        var now = Stopwatch.GetTimestamp();
        RollIfDue(now);
        _tally.Latency.Record((long)((now - client.Since) * NanosecondsPerTick));
        client.Replies++;
        Ask(index, ref client, now);
    }

    private void LoseTo(ref Client client, Errno errno)
    {
        _errors.Count(errno);
        Lose(ref client);
    }
}
