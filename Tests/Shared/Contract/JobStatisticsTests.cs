using System.Text.Json;
using C10k.Contract;
using Xunit;

namespace C10k.Tests.Shared.Contract;

public class JobStatisticsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_figure_is_described_and_has_its_value()
    {
        var text = new JobStatistics("a test", Noon)
            .Add("c10k/requests", "Requests", 12)
            .Add("c10k/p99_us", "Latency (µs)", 1.5, JobOperation.Max, "n1")
            .ToString();
        var lines = text.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(("#StartJobStatistics", "#EndJobStatistics"), (lines[0], lines[2]));

        using var json = JsonDocument.Parse(lines[1]);
        var metadata = json.RootElement.GetProperty("Metadata")[1];
        Assert.Equal(
            [
                ("source", "a test"),
                ("name", "c10k/p99_us"),
                ("aggregate", "Last"),
                ("reduce", "Max"),
                ("format", "n1"),
                ("shortDescription", "Latency (µs)"),
                ("longDescription", "Latency (µs)"),
            ],
            metadata.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!))
        );
        var measurement = json.RootElement.GetProperty("Measurements")[1];
        Assert.Equal("c10k/p99_us", measurement.GetProperty("name").GetString());
        Assert.Equal(Noon.UtcDateTime, measurement.GetProperty("timestamp").GetDateTime());
        Assert.Equal(1.5, measurement.GetProperty("value").GetDouble());
    }
}
