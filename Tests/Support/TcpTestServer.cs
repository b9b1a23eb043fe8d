using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace C10k.Tests.Support;

/// <summary>A small server inside the test, which does to each of its connections what the test says.</summary>
internal sealed class TcpTestServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentBag<Socket> _connections = [];
    private readonly Func<Socket, Task> _serve;
    private int _accepted;

    /// <param name="serve">Serves one connection, which is closed in order when it returns.</param>
    public TcpTestServer(Func<Socket, Task> serve)
    {
        _serve = serve;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        _ = AcceptAll();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>How many connections it has taken so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Sends everything back; <paramref name="reply"/> may change what it sends.</summary>
    public static TcpTestServer Echo(int messageBytes, Func<Socket, int, byte[], Task>? reply = null) =>
        new(async connection =>
        {
            var message = new byte[messageBytes];
            for (var number = 1; await ReceiveAll(connection, message); number++)
            {
                if (reply is null)
                    await SendAll(connection, message);
                else
                    await reply(connection, number, message);
            }
        });

    /// <summary>Receives exactly so much; false at the end of the stream.</summary>
    public static async Task<bool> ReceiveAll(Socket connection, Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = await connection.ReceiveAsync(buffer);
            if (count == 0)
                return false;
            buffer = buffer[count..];
        }
        return true;
    }

    public static async Task SendAll(Socket connection, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await connection.SendAsync(bytes)..];
    }

    /// <summary>Waits until the client has gone.</summary>
    public static async Task Ignore(Socket connection)
    {
        var ignored = new byte[4096];
        while (await connection.ReceiveAsync(ignored) > 0) { }
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private async Task AcceptAll()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync();
                connection.NoDelay = true;
                _connections.Add(connection);
                Interlocked.Increment(ref _accepted);
                _ = Task.Run(() => Serve(connection));
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(Socket connection)
    {
        try
        {
            await _serve(connection);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            // The client, or the test, has gone.
        }
        connection.Dispose();
    }
}
