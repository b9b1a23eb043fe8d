using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using C10k.Tests.Support;

namespace C10k.Tests.LoadGen;

/// <summary>An echo server of 64-byte messages that answers nobody for a while, once, so long after its first request.</summary>
internal sealed class StallingServer : IDisposable
{
    private readonly TcpTestServer _server;
    private readonly TimeSpan _after;
    private readonly TimeSpan _stall;
    private long _first;

    public StallingServer(TimeSpan after, TimeSpan stall)
    {
        (_after, _stall) = (after, stall);
        _server = TcpTestServer.Echo(64, Answer);
    }

    public IPEndPoint EndPoint => _server.EndPoint;

    public void Dispose() => _server.Dispose();

    private async Task Answer(Socket connection, int number, byte[] message)
    {
        Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);
        var since = Stopwatch.GetElapsedTime(_first);
        if (since >= _after && since < _after + _stall)
            await Task.Delay(_after + _stall - since);
        await TcpTestServer.SendAll(connection, message);
    }
}

/// <summary>A server on a thread of its own that sends each message of its single client back after exactly 5 ms, which it waits for without sleeping.</summary>
internal sealed class FiveMillisecondServer : IDisposable
{
    private static readonly long Delay = Stopwatch.Frequency / 200;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public FiveMillisecondServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(16);
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var connection = _listener.Accept();
                connection.NoDelay = true;
                Answer(connection);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static void Answer(Socket connection)
    {
        var message = new byte[64];
        try
        {
            while (connection.Receive(message) == message.Length)
            {
                var due = Stopwatch.GetTimestamp() + Delay;
                while (Stopwatch.GetTimestamp() < due)
                    Thread.SpinWait(10);
                connection.Send(message);
            }
        }
        catch (SocketException)
        {
            // The client left; there may be another one.
        }
    }
}
