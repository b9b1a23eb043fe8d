using C10k.Contract;
using C10k.Harness.Trials;
using C10k.Latency;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Trials;

/// <summary>The slices of a window are the window: nothing of the earlier ones is forgotten.</summary>
public class SlicesTests
{
    [Fact]
    public void A_slice_that_was_over_as_soon_as_it_had_begun_is_one_sample_with_the_one_before()
    {
        var samples = new List<Sample>();
        foreach (var (seconds, requests) in ((double, long)[])[(0.1, 10), (0.3, 30), (0.3, 30), (0.4, 40), (0.405, 41)])
            new Sample(seconds, requests, Server: null).AppendTo(samples);
        Assert.Equal(
            [(0.1, 10L), (0.3, 30L), (0.405, 41L)],
            samples.Select(sample => (sample.Seconds, sample.Requests))
        );
    }

    [Fact]
    public void What_slices_count_is_added_up_and_of_lags_the_worst_is_told()
    {
        var slices = new Slices();
        slices.Add(Slice(connections: 3, connectUs: 100, lagUs: 700, standstill: 1.5));
        slices.Add(Slice(connections: 4, connectUs: 900, lagUs: 20, standstill: 0));
        var window = slices.Merge();
        Assert.Equal((7L, 1.5, 200L), (window.Connections, window.StandstillSeconds, window.Requests));
        Assert.Equal((700.0, 700.0), (window.ScheduleLagUs.Max, window.PacingUs.Max));
        Assert.Equal(900, window.ConnectUs.Max, 1.0);
        Assert.Equal(100, window.ConnectUs.P50, 1.0);
    }

    private static WindowAnswer Slice(int connections, int connectUs, double lagUs, double standstill)
    {
        var window = Rounds.Measured(Planned.Case(), 1, 50, 100).Windows[0];
        var connects = new LatencyHistogram();
        connects.Record(connectUs * 1_000L);
        var report = window.Report with
        {
            Connections = connections,
            StandstillSeconds = standstill,
            ScheduleLagUs = LatencySummary.Nothing with { Max = lagUs },
            PacingUs = LatencySummary.Nothing with { Max = lagUs },
        };
        return new WindowAnswer(report, HistogramEncoding.EncodeBase64(window.Latency))
        {
            ConnectHistogram = HistogramEncoding.EncodeBase64(connects),
        };
    }
}
