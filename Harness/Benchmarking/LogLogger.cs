using System.Text;
using BenchmarkDotNet.Loggers;
using C10k.Harness.Recording;

namespace C10k.Harness.Benchmarking;

/// <summary>
/// Puts what BenchmarkDotNet complains about into bench.log, and nothing on the console. What it tells of each round is left out: its
/// summary of all rounds stands in files of its own.
/// </summary>
internal sealed class LogLogger(RunLog log) : ILogger
{
    private readonly StringBuilder _line = new();

    public string Id => "bench.log";

    public int Priority => 0;

    public void Write(LogKind logKind, string text)
    {
        if (logKind is LogKind.Error or LogKind.Warning)
            _line.Append(text);
    }

    public void WriteLine()
    {
        if (_line.Length > 0)
            log.Write($"benchmarkdotnet: {_line}");
        _line.Clear();
    }

    public void WriteLine(LogKind logKind, string text)
    {
        Write(logKind, text);
        WriteLine();
    }

    public void Flush() { }
}
