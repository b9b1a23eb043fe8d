using C10k.Latency;
using Xunit;
using static C10k.Tests.Shared.Latency.Latencies;

namespace C10k.Tests.Shared.Latency;

public class HlogWriterTests
{
    [Fact]
    public void A_log_has_a_head_and_a_line_for_each_interval()
    {
        LatencyHistogram histogram = Recorded(1_000_000, 2_500_000);
        using StringWriter writer = new();
        HlogWriter log = new(writer);

        log.Begin("Logged by a test", new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero));
        log.Write(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.0004), histogram);
        log.Write(TimeSpan.FromSeconds(1.5004), TimeSpan.FromSeconds(1), new LatencyHistogram(), "service");

        string[] lines = writer.ToString().Split('\n');
        Assert.Equal("#[Logged by a test]", lines[0]);
        Assert.Equal("#[Histogram log format version 1.3]", lines[1]);
        Assert.Equal("#[StartTime: 1772600767.089 (seconds since epoch), Wed Mar 04 05:06:07 UTC 2026]", lines[2]);
        Assert.Equal(
            "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"",
            lines[3]
        );
        Assert.Equal($"0.500,1.000,{histogram.Max / 1e6:0.000},{HistogramEncoding.EncodeBase64(histogram)}", lines[4]);
        Assert.StartsWith("Tag=service,1.500,1.000,0.000,HISTFAA", lines[5], StringComparison.Ordinal);
        Assert.Equal("", lines[6]);
        AssertSame(histogram, HistogramEncoding.DecodeBase64(lines[4].Split(',')[3]));
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    public void A_tag_that_would_break_the_line_is_refused(string tag)
    {
        using StringWriter writer = new();
        Assert.Throws<ArgumentException>(() =>
            new HlogWriter(writer).Write(TimeSpan.Zero, TimeSpan.Zero, Recorded(1), tag)
        );
        Assert.Equal("", writer.ToString());
    }
}
