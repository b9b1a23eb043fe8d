using System.Diagnostics;
using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>
/// The server's connections as the kernel sees them: what came in over them, and the memory of their buffers. Asked before the first
/// and after the last window only, for the list of 10,000 sockets is long.
/// </summary>
internal sealed class SocketsCollector : ICollector
{
    private const double BytesPerMb = 1024 * 1024;

    private int _port;
    private long _asked;
    private SocketTotals? _first;
    private string? _unavailable;

    public IReadOnlyList<string> Metrics { get; } = [MetricIds.SocketMemoryMb, MetricIds.ServerReceivedBytes];

    public void Begin(TrialContext trial) => _port = trial.ServerPort;

    public void Border(WindowBorder border)
    {
        if (border.Index > 0)
            return;
        _first = Read();
        _asked = Stopwatch.GetTimestamp();
    }

    public IEnumerable<MetricValue> End()
    {
        var last = Read();
        var elapsed = Stopwatch.GetElapsedTime(_asked);
        if (_first is not { } first || last is not { } now || now.Connections == 0)
        {
            var because = _unavailable ?? $"no connection to port {_port} is in the Harness's network namespace";
            return Metrics.Select(id => MetricValue.Missing(id, MetricValue.WholeTrial, because));
        }
        return
        [
            MetricValue.Of(MetricIds.SocketMemoryMb, MetricValue.WholeTrial, now.BufferBytes / BytesPerMb),
            // What went over a connection that has ended is in nobody's account any more.
            now.Connections == first.Connections
                ? MetricValue.Of(
                    MetricIds.ServerReceivedBytes,
                    MetricValue.WholeTrial,
                    (now.BytesReceived - first.BytesReceived) / elapsed.TotalSeconds
                )
                : MetricValue.Missing(
                    MetricIds.ServerReceivedBytes,
                    MetricValue.WholeTrial,
                    "connections came or went while it was measured"
                ),
        ];
    }

    private SocketTotals? Read()
    {
        try
        {
            using var kernel = new SocketDiagnosis();
            return kernel.Read(_port);
        }
        catch (SystemCallException refused)
        {
            _unavailable = refused.Message;
            return null;
        }
    }
}
