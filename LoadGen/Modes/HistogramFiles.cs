using C10k.CommandLine;
using C10k.Latency;

namespace C10k.LoadGen.Modes;

/// <summary>The files that were asked for with --hgrm and --hlog. They are opened before anything begins, and written as it goes.</summary>
internal sealed class HistogramFiles : IDisposable
{
    private readonly StreamWriter? _hgrm;
    private readonly StreamWriter? _hlog;
    private readonly HlogWriter? _log;
    private TimeSpan _logged;

    /// <exception cref="UsageException">One cannot be written.</exception>
    public HistogramFiles(string? hgrm, string? hlog)
    {
        _hgrm = Create("--hgrm", hgrm);
        _hlog = Create("--hlog", hlog);
        _log = _hlog is null ? null : new HlogWriter(_hlog);
    }

    /// <summary>Whether there is a file with a line for each interval.</summary>
    public bool WantIntervals => _hlog is not null;

    /// <summary>The first interval begins now.</summary>
    public void Begin() => _log?.Begin("Logged with C10k Bench LoadGen", DateTimeOffset.UtcNow);

    /// <summary>An interval is over.</summary>
    public void Add(Window window)
    {
        var length = TimeSpan.FromSeconds(window.Report.Seconds);
        _log?.Write(_logged, length, window.Distributions.Latency);
        if (window.Distributions.IsScheduled)
            _log?.Write(_logged, length, window.Distributions.Service, "service");
        _logged += length;
        _hlog?.Flush();
    }

    /// <summary>All is over.</summary>
    public void End(Window all)
    {
        if (_hgrm is not null)
            HgrmWriter.Write(all.Distributions.Latency, _hgrm);
    }

    public void Dispose()
    {
        _hgrm?.Dispose();
        _hlog?.Dispose();
    }

    private static StreamWriter? Create(string option, string? path)
    {
        try
        {
            return path is null ? null : new StreamWriter(path);
        }
        catch (Exception refused)
            when (refused is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option} {path} cannot be written: {refused.Message}");
        }
    }
}
