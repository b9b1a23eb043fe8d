using C10k.Contract;
using C10k.Latency;

namespace C10k.Harness.Trials;

/// <summary>
/// A window is measured in slices, one directly behind the other, so that a time series can be told; together they are the window, to
/// the last request.
/// </summary>
internal sealed class Slices
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(100);

    private readonly List<LoadReport> _reports = [];
    private readonly LatencyHistogram _latency = new();
    private LatencyHistogram? _service;
    private LatencyHistogram? _connect;

    /// <summary>How many slices of about 100 ms a window has.</summary>
    public static int In(TimeSpan window) => Math.Max(1, (int)Math.Round(window / Length));

    /// <summary>From the start of the window to the end of its newest slice.</summary>
    public double Seconds => _reports.Sum(report => report.Seconds);

    /// <summary>So far.</summary>
    public long Requests => _reports.Sum(report => report.Requests);

    public LatencyHistogram Latency => _latency;

    /// <summary>Service times, where they are not the latencies; null where they are.</summary>
    public LatencyHistogram? Service => _service;

    /// <exception cref="FormatException">The histogram is none.</exception>
    public void Add(WindowAnswer answer)
    {
        _latency.Add(HistogramEncoding.DecodeBase64(answer.Histogram));
        if (answer.ServiceHistogram is { } service)
            (_service ??= new LatencyHistogram()).Add(HistogramEncoding.DecodeBase64(service));
        if (answer.ConnectHistogram is { } connect)
            (_connect ??= new LatencyHistogram()).Add(HistogramEncoding.DecodeBase64(connect));
        _reports.Add(answer.Report);
    }

    /// <summary>The window as one report.</summary>
    public LoadReport Merge() =>
        LoadReports.InTurn(_reports) with
        {
            LatencyUs = LatencySummary.Of(_latency),
            ServiceLatencyUs = LatencySummary.Of(_service ?? _latency),
            ConnectUs = _connect is null ? LatencySummary.Nothing : LatencySummary.Of(_connect),
        };
}
