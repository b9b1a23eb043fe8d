using System.Diagnostics;
using C10k.Linux;

namespace C10k.LoadGen.Clients;

/// <summary>Slow readers: each client takes a small piece off the kernel's buffer, and the next one when its rate allows.</summary>
internal sealed partial class Worker
{
    private const int ReadsPerSecond = 20;

    private readonly Timers _reads = new();

    // When each client may read again, in ticks of Stopwatch; null where everybody reads as much as there is.
    private readonly long[]? _mayRead;

    private void ReceiveSlowly(int index, ref Client client, bool hasEnded)
    {
        if (hasEnded)
            client.Marks |= ClientMarks.EndAnnounced;
        ref var mayRead = ref _mayRead![index];
        var now = Stopwatch.GetTimestamp();
        if (now < mayRead)
        {
            SetTimeToRead(index, ref client);
            return;
        }
        var length = (int)Math.Clamp(_options.ReadRate / ReadsPerSecond, 1, _incoming.Length);
        var transfer = Syscall.ReceiveNow(client.Descriptor, _incoming.AsSpan(0, length));
        if (!transfer.Moved)
        {
            OnNothingReceived(index, ref client, transfer);
            return;
        }
        mayRead = now + (long)((double)transfer.Result / _options.ReadRate * Stopwatch.Frequency);
        var more = transfer.Result == length || client.Has(ClientMarks.EndAnnounced);
        if (TakeReplies(index, ref client, _incoming.AsSpan(0, transfer.Result)) && more)
            SetTimeToRead(index, ref client);
    }

    private void SetTimeToRead(int index, ref Client client)
    {
        if (client.Has(ClientMarks.TimedToRead))
            return;
        client.Marks |= ClientMarks.TimedToRead;
        _reads.Set(index, _mayRead![index]);
    }

    private void OnTimeToRead(int index)
    {
        ref var client = ref _clients[index];
        client.Marks &= ~ClientMarks.TimedToRead;
        if (client.State == ClientState.Connected)
            ReceiveSlowly(index, ref client, hasEnded: false);
    }
}
