using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using C10k.Harness.Planning;

namespace C10k.Harness.Trials;

/// <summary>
/// A few conversations, checked byte for byte, before anything is measured: a server that answers wrongly gets no number. It runs
/// against the address that the server itself announced.
/// </summary>
/// <param name="conversation">What the server speaks.</param>
/// <param name="seed">
/// Makes the messages. Nobody can know a random one beforehand, and have the replies in store; with the same one, what was said can be said
/// again.
/// </param>
/// <param name="inOnePiece">Whether it takes what comes first for a whole request.</param>
internal sealed class ServerProbe(string conversation, int seed, bool inOnePiece = false)
{
    private const int Conversations = 3;
    private const int MaxHeadBytes = 16 * 1024;

    /// <summary>How long each conversation may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A seed that nobody can know beforehand.</summary>
    public static int RandomSeed() => RandomNumberGenerator.GetInt32(int.MaxValue - Conversations);

    public static ServerProbe Of(PlannedCase planned, int seed) =>
        new(planned.Workload.Conversation, seed, planned.Model.Info.OneRequestPerConnection);

    /// <exception cref="TrialException">It does not answer in time, or wrongly.</exception>
    public void Check(IPEndPoint server, TimeSpan patience, CancellationToken stop)
    {
        for (var number = 1; number <= Conversations; number++)
            Converse(server, ProbeTalk.Of(conversation, seed + number, inOnePiece), number, patience, stop)
                .GetAwaiter()
                .GetResult();
    }

    private async Task Converse(
        IPEndPoint server,
        ProbeTalk talk,
        int firstPiece,
        TimeSpan patience,
        CancellationToken stop
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        byte[] received;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server, limit.Token);
            await using var stream = client.GetStream();
            var split = inOnePiece ? 0 : firstPiece;
            await stream.WriteAsync(talk.Request.AsMemory(0, split), limit.Token);
            await stream.WriteAsync(talk.Request.AsMemory(split), limit.Token);
            received = await Receive(stream, talk.ReplyBytes, limit.Token);
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
        if (talk.Check(received) is { } wrong)
            throw new TrialException($"probe: {wrong}");
    }

    private static async Task<byte[]> Receive(Stream stream, int? length, CancellationToken limit)
    {
        var received = new byte[length ?? MaxHeadBytes];
        if (length is null)
            _ = await stream.ReadAtLeastAsync(received, ProbeTalk.LeastBytes, throwOnEndOfStream: true, limit);
        else
            await stream.ReadExactlyAsync(received, limit);
        return received;
    }
}
