using C10k.Harness.Trials;
using Xunit;

namespace C10k.Tests.Harness.Trials;

public sealed class WrkOutputTests
{
    /// <summary>What wrk 4.1.0 prints.</summary>
    public const string Quiet = """
        Running 2s test @ http://127.0.0.1:4711/
          1 threads and 100 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency     1.02ms  316.78us   5.63ms   88.41%
            Req/Sec    97.54k     6.20k  104.38k    75.00%
          Latency Distribution
             50%    0.97ms
             75%    1.10ms
             90%    1.31ms
             99%    2.25ms
          194211 requests in 2.00s, 22.96MB read
        Requests/sec:  96987.31
        Transfer/sec:     11.47MB
        """;

    private const string Troubled = """
        Running 1m test @ http://127.0.0.1:4711/
          2 threads and 1000 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency   312.05ms  401.11ms   1.99s    82.00%
            Req/Sec     1.20k   300.00     2.00k    70.00%
          Latency Distribution
             50%  250.00us
             75%  301.00ms
             90%    0.95s
             99%    1.05m
          71000 requests in 1.00m, 9.00MB read
          Socket errors: connect 7, read 12, write 3, timeout 54
          Non-2xx or 3xx responses: 20
        Requests/sec:   1183.33
        Transfer/sec:    153.60KB
        """;

    [Fact]
    public void Figures_come_in_one_unit_and_what_is_not_said_is_none() =>
        Assert.Equal(
            new WrkFigures
            {
                Requests = 194_211,
                Seconds = 2,
                ThroughputRps = 96_987.31,
                P50Us = 970,
                P99Us = 2250,
            },
            WrkOutput.TryParse(Quiet)
        );

    [Fact]
    public void Errors_are_told_apart() =>
        Assert.Equal(
            new WrkFigures
            {
                Requests = 71_000,
                Seconds = 60,
                ThroughputRps = 1183.33,
                P50Us = 250,
                P99Us = 63e6,
                ConnectErrors = 7,
                ReadErrors = 12,
                WriteErrors = 3,
                Timeouts = 54,
                OtherStatuses = 20,
            },
            WrkOutput.TryParse(Troubled)
        );

    [Theory]
    [InlineData("")]
    [InlineData("unable to connect to 127.0.0.1:4711 Connection refused")]
    public void What_is_no_result_is_none(string text) => Assert.Null(WrkOutput.TryParse(text));

    [Theory]
    [InlineData(100, 1, 1)]
    [InlineData(100, 3, 2)]
    [InlineData(3, 8, 3)]
    [InlineData(101, 8, 1)]
    public void Every_thread_has_as_many_connections(int clients, int cpus, int threads) =>
        Assert.Equal(threads, WrkRun.Threads(clients, cpus));
}
