using System.Globalization;
using C10k.Latency;
using Xunit;
using static C10k.Tests.Shared.Latency.Latencies;

namespace C10k.Tests.Shared.Latency;

public class HgrmWriterTests
{
    [Fact]
    public void The_text_is_what_HdrHistogram_writes() => Assert.Equal(Golden, Written(Golden1To10Ms(), 1000, 2));

    [Fact]
    public void An_empty_histogram_has_no_rows() =>
        Assert.Equal(
            """
                   Value     Percentile TotalCount 1/(1-Percentile)

            #[Mean    =        0.000, StdDeviation   =        0.000]
            #[Max     =        0.000, Total count    =            0]
            #[Buckets =           26, SubBuckets     =         2048]

            """,
            Written(new(), 1000, 5)
        );

    [Fact]
    public void The_unit_divides_values_and_nothing_else()
    {
        string[] microseconds = Written(Recorded(1500), 1000, 5).Split('\n');
        string[] nanoseconds = Written(Recorded(1500), 1, 5).Split('\n');

        Assert.Equal("       1.500 0.000000000000          1           1.00", microseconds[2]);
        Assert.Equal("    1500.000 0.000000000000          1           1.00", nanoseconds[2]);
    }

    [Fact]
    public void The_culture_of_the_thread_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = foreign;
        try
        {
            Assert.Equal(Golden, Written(Golden1To10Ms(), 1000, 2));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    [InlineData(1000, 0)]
    public void A_unit_or_a_number_of_steps_that_cannot_be_is_refused(double nanosecondsPerUnit, int ticks) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Written(Recorded(1), nanosecondsPerUnit, ticks));

    internal static string Written(LatencyHistogram histogram, double nanosecondsPerUnit, int ticksPerHalfDistance)
    {
        using StringWriter writer = new();
        HgrmWriter.Write(histogram, writer, nanosecondsPerUnit, ticksPerHalfDistance);
        return writer.ToString();
    }

    private static LatencyHistogram Golden1To10Ms() => Recorded(Enumerable.Range(1, 10).Select(ms => ms * 1_000_000L));

    // What Java's HdrHistogram 2.1.11 writes for the same values.
    private const string Golden = """
               Value     Percentile TotalCount 1/(1-Percentile)

            1000.447 0.000000000000          1           1.00
            3000.319 0.250000000000          3           1.33
            5001.215 0.500000000000          5           2.00
            7000.063 0.625000000000          7           2.67
            8003.583 0.750000000000          8           4.00
            9003.007 0.812500000000          9           5.33
            9003.007 0.875000000000          9           8.00
           10002.431 0.906250000000         10          10.67
           10002.431 1.000000000000         10
        #[Mean    =     5499.520, StdDeviation   =     2871.853]
        #[Max     =    10002.431, Total count    =           10]
        #[Buckets =           26, SubBuckets     =         2048]

        """;
}
