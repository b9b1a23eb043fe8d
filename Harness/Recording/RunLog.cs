using System.Globalization;

namespace C10k.Harness.Recording;

/// <summary>What happened, with times: <c>bench.log</c>. May be written from any thread.</summary>
internal sealed class RunLog(TextWriter writer, TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();

    /// <summary>Appends to a file, and flushes every line.</summary>
    public static RunLog AppendTo(string path, TimeProvider clock) =>
        new(new StreamWriter(path, append: true) { AutoFlush = true }, clock);

    public void Write(string message)
    {
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_lock)
            writer.WriteLine($"{time} {message.ReplaceLineEndings(" ")}");
    }

    public void Dispose()
    {
        lock (_lock)
            writer.Dispose();
    }
}
