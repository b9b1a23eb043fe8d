using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;

namespace C10k.Harness.Latencies;

/// <summary>A client and a server of one byte, each a thread that waits for the other.</summary>
public class LoopbackBenchmark
{
    private readonly byte[] _byte = new byte[1];
    private System.Net.Sockets.Socket? _client;
    private Thread? _server;

    /// <summary>Connects them.</summary>
    [GlobalSetup]
    public void Connect()
    {
        using var listener = New();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _client = New();
        _client.Connect(listener.LocalEndPoint!);
        var accepted = listener.Accept();
        accepted.NoDelay = true;
        _server = new Thread(() => Echo(accepted)) { IsBackground = true };
        _server.Start();
    }

    /// <summary>There and back.</summary>
    [Benchmark]
    public void RoundTrip()
    {
        _ = _client!.Send(_byte);
        _ = _client.Receive(_byte);
    }

    /// <summary>Closes the connection, which ends the server.</summary>
    [GlobalCleanup]
    public void Close()
    {
        _client!.Dispose();
        _server!.Join();
    }

    private static void Echo(System.Net.Sockets.Socket connection)
    {
        using (connection)
        {
            var buffer = new byte[1];
            while (connection.Receive(buffer) > 0)
                _ = connection.Send(buffer);
        }
    }

    private static System.Net.Sockets.Socket New() =>
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
