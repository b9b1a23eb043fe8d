using System.Net;
using System.Net.Sockets;

namespace C10k.Harness.Trials;

/// <summary>
/// A few conversations, checked byte for byte, before anything is measured: a server that answers wrongly gets no number. It runs
/// against the address that the server itself announced.
/// </summary>
internal static class ServerProbe
{
    private const int Conversations = 3;
    private const int MessageBytes = 200;

    /// <summary>How long each conversation may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="TrialException">It does not answer, or wrongly.</exception>
    public static void Check(IPEndPoint server, CancellationToken stop) => Check(server, Patience, stop);

    /// <exception cref="TrialException">It does not answer in time, or wrongly.</exception>
    public static void Check(IPEndPoint server, TimeSpan patience, CancellationToken stop)
    {
        for (var seed = 1; seed <= Conversations; seed++)
            Converse(server, seed, patience, stop).GetAwaiter().GetResult();
    }

    private static async Task Converse(IPEndPoint server, int seed, TimeSpan patience, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        var message = new byte[MessageBytes];
        new Random(seed).NextBytes(message);
        var reply = new byte[MessageBytes];
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server, limit.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(message.AsMemory(0, seed), limit.Token);
            await stream.WriteAsync(message.AsMemory(seed), limit.Token);
            await stream.ReadExactlyAsync(reply, limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TrialException($"probe: no answer within {patience.TotalSeconds} s");
        }
        catch (EndOfStreamException)
        {
            throw new TrialException("probe: the server closed the connection before its answer was complete");
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw new TrialException($"probe: {failure.Message}");
        }
        if (message.AsSpan().CommonPrefixLength(reply) is var same && same < MessageBytes)
            throw new TrialException(
                $"probe: wrong answer, byte {same} is {reply[same]:x2} instead of {message[same]:x2}"
            );
    }
}
