using System.Net;
using System.Net.Sockets;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>A client of the echo conversation that believes nothing: each wait is bounded and each byte is compared.</summary>
internal sealed class Client : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    /// <summary>Connects.</summary>
    /// <param name="windowBytes">What the kernel may keep for us unread, and unsent; 0 leaves it to the kernel.</param>
    public static async Task<Client> Connect(IPEndPoint server, int windowBytes = 0)
    {
        var client = new Client();
        try
        {
            if (windowBytes > 0)
                client._socket.ReceiveBufferSize = client._socket.SendBufferSize = windowBytes;
            await Patience.Within("connect", stop => Connected(client._socket, server, stop));
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Connects many, at once.</summary>
    public static async Task<Clients> ConnectMany(IPEndPoint server, int count) =>
        new(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Connect(server))));

    public Task Send(ReadOnlyMemory<byte> bytes) => Patience.Within("send", stop => SendAll(bytes, stop));

    /// <summary>Receives so many bytes; fewer only when the stream ends before.</summary>
    public Task<byte[]> Receive(int count) => Patience.Within($"receive {count} bytes", stop => Receive(count, stop));

    /// <summary>Receives, and compares.</summary>
    public async Task Expect(ReadOnlyMemory<byte> expected)
    {
        var received = await Receive(expected.Length);
        Message.AssertSame(expected.Span, received);
    }

    /// <summary>Sends and receives at the same time, and compares.</summary>
    public async Task ExpectEcho(byte[] message)
    {
        var sending = Send(message);
        await Expect(message);
        await sending;
    }

    /// <summary>Waits for the end of the stream, orderly or by a reset; there must be no byte before it.</summary>
    public async Task ExpectEnd()
    {
        try
        {
            Assert.Empty(await Receive(1));
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset) { }
    }

    /// <summary>Waits for the end of the stream, whatever comes before it.</summary>
    public async Task DrainToEnd()
    {
        try
        {
            while ((await Receive(64 * 1024)).Length > 0) { }
        }
        catch (SocketException) { }
    }

    /// <summary>Sends the message over and over until the server takes no more; returns how many bytes it took.</summary>
    /// <param name="waitMs">How long it has to take nothing.</param>
    public long SendUntilRefused(ReadOnlySpan<byte> message, int waitMs = 100)
    {
        const long MuchMoreThanTheKernelKeeps = 256L << 20;
        _socket.Blocking = false;
        long sent = 0;
        while (_socket.Poll(TimeSpan.FromMilliseconds(waitMs), SelectMode.SelectWrite))
        {
            Assert.True(
                sent < MuchMoreThanTheKernelKeeps,
                "the server receives on and on, though nobody reads its replies"
            );
            sent += _socket.Send(message[(int)(sent % message.Length)..]);
        }
        return sent;
    }

    /// <summary>Sends the message, or as much of it as the server takes without being waited for.</summary>
    public void SendWhatIsTaken(ReadOnlySpan<byte> message)
    {
        _socket.Blocking = false;
        while (!message.IsEmpty && _socket.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectWrite))
            message = message[_socket.Send(message)..];
    }

    /// <summary>Half-closes: there will be no more bytes from here, but replies are still read.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Leaves with a reset instead of the orderly end.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private static async Task<bool> Connected(Socket socket, IPEndPoint server, CancellationToken stop)
    {
        await socket.ConnectAsync(server, stop);
        return true;
    }

    private async Task<int> SendAll(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        for (var rest = bytes; !rest.IsEmpty; )
            rest = rest[await _socket.SendAsync(rest, stop)..];
        return bytes.Length;
    }

    private async Task<byte[]> Receive(int count, CancellationToken stop)
    {
        var bytes = new byte[count];
        var received = 0;
        while (received < count)
        {
            var more = await _socket.ReceiveAsync(bytes.AsMemory(received), stop);
            if (more == 0)
                return bytes[..received];
            received += more;
        }
        return bytes;
    }
}

/// <summary>Several clients, which leave together.</summary>
internal sealed class Clients(IReadOnlyList<Client> all) : IDisposable
{
    public IReadOnlyList<Client> All => all;

    public void Dispose()
    {
        foreach (var client in all)
            client.Dispose();
    }
}
