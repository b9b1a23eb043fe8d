using System.Globalization;
using C10k.CommandLine;

namespace C10k.Harness.Recording;

/// <summary>What happened, with times: <c>bench.log</c>. May be written from any thread.</summary>
internal sealed class RunLog(TextWriter writer, TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();
    private bool _closed;

    /// <summary>Appends to a file, and flushes every line.</summary>
    public static RunLog AppendTo(string path, TimeProvider clock) =>
        new(new StreamWriter(path, append: true) { AutoFlush = true }, clock);

    /// <summary>Adds a line. Who reads the output of a process may come when the log is closed already, and is not heard.</summary>
    public void Write(string message)
    {
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            if (!_closed)
                TryWrite($"{time} {Printable.Line(message)}");
        }
    }

    // A log that the disk has no room for must not end the run; whatever loses figures says so itself.
    private void TryWrite(string line)
    {
        try
        {
            writer.WriteLine(line);
        }
        catch (IOException) { }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            try
            {
                writer.Dispose();
            }
            catch (IOException) { }
        }
    }
}
