using System.Globalization;

namespace C10k.Latency;

/// <summary>
/// Writes histograms of successive intervals as text, a line each: HdrHistogram's log format 1.3, the .hlog that its log processors
/// and plotters read. See HistogramLogWriter of Java's HdrHistogram 2.1.
/// </summary>
/// <param name="writer">Where to; it is not closed. Line ends are line feeds.</param>
public sealed class HlogWriter(TextWriter writer)
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Writes what stands before the first interval.</summary>
    /// <param name="origin">What made the log; one line.</param>
    /// <param name="start">When the first interval began; the times of all intervals count from here.</param>
    public void Begin(string origin, DateTimeOffset start)
    {
        var seconds = start.ToUnixTimeMilliseconds() / 1e3;
        var readable = start.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
        writer.Write($"#[{origin}]\n#[Histogram log format version 1.3]\n");
        writer.Write(Invariant($"#[StartTime: {seconds:0.000} (seconds since epoch), {readable}]\n"));
        writer.Write("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n");
    }

    /// <summary>Writes an interval. Its highest value is given in milliseconds, as the format has it.</summary>
    /// <param name="since">From the start of the log to the beginning of the interval.</param>
    /// <param name="length">The length of the interval.</param>
    /// <param name="histogram">What was recorded in it.</param>
    /// <param name="tag">Tells apart several histograms of one interval: no comma, space or line end.</param>
    /// <exception cref="ArgumentException">The tag has a character that it must not have.</exception>
    public void Write(TimeSpan since, TimeSpan length, LatencyHistogram histogram, string? tag = null)
    {
        if (tag?.AsSpan().IndexOfAny(", \r\n") >= 0)
            throw new ArgumentException($"'{tag}' has a comma, a space or a line end.", nameof(tag));
        var prefix = tag is null ? "" : $"Tag={tag},";
        var max = histogram.Max / NanosecondsPerMillisecond;
        writer.Write(Invariant($"{prefix}{since.TotalSeconds:0.000},{length.TotalSeconds:0.000},{max:0.000},"));
        writer.Write($"{HistogramEncoding.EncodeBase64(histogram)}\n");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
