using System.Net;
using System.Net.Sockets;
using C10k.Harness.Trials;

namespace C10k.Harness.Checking;

/// <summary>A client that believes nothing: every wait is bounded, every byte is judged, and what fails is a <see cref="TrialException"/>.</summary>
internal sealed class CheckClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // As long as a server needs to take a piece by itself; where it takes longer, two pieces come as one, which is no mistake.
    private static readonly TimeSpan BetweenPieces = TimeSpan.FromMilliseconds(1);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };
    private readonly MemoryStream _received = new();

    public static async Task<CheckClient> Connect(IPEndPoint server, CancellationToken stop)
    {
        var client = new CheckClient();
        try
        {
            await Within("connect", limit => client._socket.ConnectAsync(server, limit).AsTask(), stop);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Says all of it, in pieces that end at these positions too, and hears the reply to its end.</summary>
    public async Task Converse(Talk talk, CancellationToken stop, params int[] cuts)
    {
        var sending = SendPieces(talk.Sent, cuts, stop);
        await Expect(talk, stop);
        await sending;
    }

    public Task Send(ReadOnlyMemory<byte> bytes, CancellationToken stop) =>
        Within(
            "send",
            async limit =>
            {
                for (var rest = bytes; !rest.IsEmpty; )
                    rest = rest[await _socket.SendAsync(rest, limit)..];
            },
            stop
        );

    /// <summary>Waits for the whole reply.</summary>
    public async Task Expect(Talk talk, CancellationToken stop)
    {
        var judgement = talk.Judge(Received);
        while (!judgement.IsDone && !judgement.IsWrong)
        {
            if (!await Receive(judgement.Text, stop))
                throw new TrialException($"the connection ended after {judgement.Text}");
            judgement = talk.Judge(Received);
        }
        if (judgement.IsWrong)
            throw new TrialException(judgement.Text);
    }

    /// <summary>There will be no more from here, but replies are still read.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Waits for the end of the stream.</summary>
    public async Task ExpectEnd(CancellationToken stop)
    {
        var before = _received.Length;
        if (await Receive("the reply, but no end of the stream", stop))
            throw new TrialException($"{_received.Length - before} bytes came behind the reply");
    }

    /// <summary>Leaves with a reset instead of the orderly end.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _received.Dispose();
    }

    private ReadOnlyMemory<byte> Received => _received.GetBuffer().AsMemory(0, (int)_received.Length);

    private async Task SendPieces(byte[] bytes, int[] cuts, CancellationToken stop)
    {
        var begin = 0;
        foreach (var end in cuts.Append(bytes.Length))
        {
            if (begin > 0)
                await Task.Delay(BetweenPieces, stop);
            await Send(bytes.AsMemory(begin..end), stop);
            begin = end;
        }
    }

    // False at the end of the stream.
    private async Task<bool> Receive(string soFar, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        var count = 0;
        await Within(
            $"receive, after {soFar},",
            async limit => count = await _socket.ReceiveAsync(buffer.AsMemory(), limit),
            stop
        );
        _received.Write(buffer, 0, count);
        return count > 0;
    }

    private static async Task Within(string what, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            await work(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TrialException($"{what} took more than {Patience.TotalSeconds} s");
        }
        catch (SocketException failure)
        {
            throw new TrialException($"{what} failed: {failure.Message}");
        }
    }
}
