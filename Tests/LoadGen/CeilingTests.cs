using C10k.Latency;
using C10k.LoadGen;
using C10k.LoadGen.Clients;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>Whether the load generator knows that it was the ceiling itself.</summary>
public class CeilingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0.5, 0, 0, false)]
    [InlineData(0.94, 0, 0, false)]
    [InlineData(0.96, 0, 0, true)]
    [InlineData(0.5, 0.46, 0, true)]
    [InlineData(0.5, 0.3, 0, false)]
    [InlineData(0.99, 0, 0.6, false)]
    [InlineData(0.99, 0.5, 0.5, true)]
    public void A_thread_that_hardly_ever_waited_for_the_server_was(double cpu, double waited, double spun, bool bound)
    {
        var busy = (new ThreadUsage(cpu * Second, waited * Second, spun * Second), Second);
        var idle = (new ThreadUsage(0.1 * Second, TimeSpan.Zero, TimeSpan.Zero), Second);
        Assert.Equal(bound, Ceiling.Find([idle, busy, idle], pacing: null) is not null);
    }

    [Theory]
    [InlineData(100_000, false)]
    [InlineData(5_000_000, true)]
    public void Whoever_sends_late_for_no_reason_of_the_server_was(long lateNs, bool bound)
    {
        var pacing = new LatencyHistogram();
        pacing.Record(1_000, 90);
        pacing.Record(lateNs, 10);
        var usage = new ThreadUsage(0.1 * Second, TimeSpan.Zero, TimeSpan.Zero);
        Assert.Equal(bound, Ceiling.Find([(usage, Second)], pacing) is not null);
    }

    [Fact]
    public void A_window_without_length_says_nothing() =>
        Assert.Null(Ceiling.Find([(new ThreadUsage(Second, Second, TimeSpan.Zero), TimeSpan.Zero)], pacing: null));

    [Fact]
    public async Task A_server_that_takes_its_time_leaves_the_load_generator_idle()
    {
        using var server = TcpTestServer.Echo(
            64,
            async (connection, _, message) =>
            {
                await Task.Delay(30);
                await TcpTestServer.SendAll(connection, message);
            }
        );
        var outcome = await Loads.RunUntil(30, Loads.Options(server.EndPoint, clients: 4));
        Assert.Contains(outcome.Windows, window => !window.LoadBound);
        Assert.InRange(outcome.Windows.Min(window => window.CpuUtilization), 0, 0.5);
    }
}
