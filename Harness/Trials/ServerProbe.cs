using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using C10k.Harness.Planning;

namespace C10k.Harness.Trials;

/// <summary>
/// A few conversations, checked byte for byte, before anything is measured: a server that answers wrongly gets no number. Of <c>http</c>,
/// where the content is the server's own, the status line is checked. It runs against the address that the server itself announced.
/// </summary>
/// <param name="conversation">What the server speaks.</param>
/// <param name="seed">
/// Makes the messages. Nobody can know a random one beforehand, and have the replies in store; with the same one, what was said can be said
/// again.
/// </param>
/// <param name="inOnePiece">Whether it takes what comes first for a whole request.</param>
internal sealed class ServerProbe(string conversation, int seed, bool inOnePiece = false)
{
    private const int MaxHeadBytes = 16 * 1024;

    /// <summary>A seed that nobody can know beforehand.</summary>
    public static int RandomSeed() =>
        RandomNumberGenerator.GetInt32(int.MaxValue - ProbeEffort.BeforeMeasuring.Conversations);

    public static ServerProbe Of(PlannedCase planned, int seed) =>
        new(planned.Workload.Conversation, seed, planned.Model.Info.OneRequestPerConnection);

    /// <exception cref="TrialException">It does not answer in time, or wrongly.</exception>
    public void Check(IPEndPoint server, ProbeEffort effort, CancellationToken stop)
    {
        for (var number = 1; number <= effort.Conversations; number++)
            Converse(server, ProbeTalk.Of(conversation, seed + number, inOnePiece), number, effort.Patience, stop)
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

/// <summary>How thoroughly a server is probed.</summary>
/// <param name="Conversations">How many there are, one after the other, each over a connection of its own.</param>
/// <param name="Patience">How long each of them may take.</param>
internal sealed record ProbeEffort(int Conversations, TimeSpan Patience)
{
    /// <summary>A server that is to be measured.</summary>
    public static readonly ProbeEffort BeforeMeasuring = new(3, TimeSpan.FromSeconds(5));

    /// <summary>Whether one new client is served, beside all that are there. He may have to wait for his turn among ten thousand.</summary>
    public static readonly ProbeEffort OfOneClient = new(1, TimeSpan.FromSeconds(1));
}
