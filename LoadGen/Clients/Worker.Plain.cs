using System.Diagnostics;
using C10k.Linux;
using C10k.LoadGen.Sides;

namespace C10k.LoadGen.Clients;

/// <summary>
/// The plainest load, and the fastest: an echo that comes in one piece, and the next request behind it. What the kernel does for a
/// request drives our code out of the caches, so that every function that is called costs more than its instructions; here nearly all
/// of it is in one. Whatever is not plain falls back to the general way, which comes to the same.
/// </summary>
internal sealed partial class Worker
{
    // Null while the load is not of this kind.
    private MessagePattern? _plain;

    private MessagePattern? FindPlain() =>
        _isPlain
        && _side is EchoSide { Pattern: var pattern }
        && IsPlainLength(_options.Sizes.Shortest, _options.Sizes.Longest)
            ? pattern
            : null;

    private static bool IsPlainLength(int shortest, int longest) =>
        shortest == longest && shortest is >= MessagePattern.HeaderBytes and <= MessagePattern.MaxPieceBytes;

    // False when this is no case for it; then nothing has happened.
    private bool TryTakePlainEcho(int index, ref Client client, ReadOnlySpan<byte> bytes)
    {
        if (
            _plain is not { } pattern
            || client.UnderWay != 1
            || client.Received != 0
            || client.Sent != bytes.Length
            || client.SendLength != bytes.Length
            || !pattern.MatchesWhole(_firstClient + index, client.Asked, bytes)
        )
            return false;
        var now = Stopwatch.GetTimestamp();
        RollIfDue(now);
        _tally.Distributions.Latency.Record((long)((now - client.Since) * NanosecondsPerTick));
        client.Replies++;
        client.Answered++;
        client.Asked++;
        client.Since = now;
        var request = _outgoing.AsSpan(0, bytes.Length);
        pattern.WriteWhole(_firstClient + index, client.Asked, request);
        var transfer = Syscall.SendNow(client.Descriptor, request);
        client.Sent = Math.Max(0, transfer.Result);
        // If the kernel did not take it all, the general way finds out why.
        if (transfer.Result < request.Length)
            SendRest(index, ref client);
        return true;
    }
}
