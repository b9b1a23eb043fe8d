using System.Globalization;
using System.Text;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Results;

public class RowsAsCsvTests
{
    [Fact]
    public void The_summary_has_the_columns_the_design_names_in_that_order() =>
        Assert.Equal(
            "model,workload,clients,status,reason,verdict,rounds,windows,clients_connected,clients_served,"
                + "connect_p50_ms,connect_p99_ms,requests,errors,throughput_rps,throughput_ci_low_rps,"
                + "throughput_ci_high_rps,p50_us,p90_us,p99_us,p999_us,max_us,service_p50_us,service_p99_us,threads_max,"
                + "processes_max,context_switches_voluntary,context_switches_involuntary,context_switches_per_request,"
                + "context_switches_source,server_cpu_cores,server_cpu_us_per_request,load_cpu_cores,rss_peak_mb,"
                + "memory_per_client_kb,listen_overflows,listen_drops,tcp_retransmits,fairness,little_ratio,"
                + "warmup_end,warmup_seconds,throughput_ci_basis,throughput_modes,ratio,ratio_ci_low,ratio_ci_high,versus_baseline,"
                + "rank_group,suspect,pss_mb,socket_memory_mb,descriptors,page_faults,page_faults_major,gc_collections,"
                + "gc_pause_ms,allocated_mb,thread_pool_threads_max,thread_pool_queue_max,server_cpus_busy_cores,"
                + "load_cpus_busy_cores,harness_cpu_cores,"
                + "rate_asked_rps,goodput_mb_per_second,connections_lost,recovery_ms,syscalls_per_request,error_kinds,"
                + "unanswered,schedule_lag_max_us,pacing_max_us,server_cpus_others,load_cpus_others,"
                + "server_cpu_user_cores,server_cpu_system_cores\n",
            Header<SummaryRow>()
        );

    [Fact]
    public void The_windows_have_their_columns() =>
        Assert.Equal(
            "model,workload,clients,round,window,started_utc,seconds,requests,errors,throughput_rps,p50_us,p90_us,p99_us,"
                + "p999_us,max_us,mean_us,server_cpu_cores,load_cpu_cores,threads,processes,rss_mb,"
                + "context_switches_voluntary,context_switches_involuntary,warmup_end,warmup_seconds,standstill_seconds\n",
            Header<WindowRow>()
        );

    [Fact]
    public void The_samples_have_their_columns() =>
        Assert.Equal(
            "model,workload,clients,round,window,seconds,requests,threads,processes,rss_mb,server_cpu_cores\n",
            Header<SampleRow>()
        );

    [Fact]
    public void The_latencies_have_their_columns() =>
        Assert.Equal("model,workload,clients,percentile,response_us,service_us\n", Header<LatencyRow>());

    [Fact]
    public void A_measured_case_is_pleasant_to_read() =>
        Assert.Equal(
            "epoll-level,echo,1000,ok,,server-bound,5,15,1000,1000,0.031,1.25,721113,0,48074.2,47512.9,48602,20480.5,22000,"
                + "31744,40960,52224,20112,30080,8,1,312,1044,0.00188,taskstats,0.98,20.4,0.77,61.5,3.2,0,0,0,0.999,1.002,steady,0.75,rounds,1,1.05,1.02,1.081,"
                + "faster,1,,40.25,2.5,1010,35,0,12,30.5,100.125,2,0,0.99,0.8,0.006,,,,,,,,,,,,,\n",
            Text([Rows.Measured()])
        );

    [Fact]
    public void What_could_not_be_had_is_an_empty_cell_and_never_0() =>
        Assert.Equal(
            "select,echo,10000,skipped,\"needs 10,016 descriptors, select takes 1,024\",,0,0"
                + new string(',', 68)
                + "\n",
            Text([Rows.Skipped()])
        );

    [Fact]
    public void A_moment_is_written_in_UTC() =>
        Assert.Contains(
            ",2026-01-31T11:00:01.250Z,",
            Text([Rows.Window(1) with { StartedUtc = new(2026, 1, 31, 12, 0, 1, 250, TimeSpan.FromHours(1)) }])
        );

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(0.0001234567, "0.000123")]
    [InlineData(0.98765, "0.988")]
    [InlineData(0.0099996, "0.01")]
    [InlineData(-0.00056789, "-0.000568")]
    [InlineData(1.23456, "1.235")]
    [InlineData(12_345_678.9, "12345678.9")]
    [InlineData(100, "100")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1e-20, "0")]
    [InlineData(double.NaN, "")]
    [InlineData(double.PositiveInfinity, "")]
    public void A_figure_has_three_decimals_or_below_1_three_digits(double value, string cell) =>
        Assert.Equal($"epoll-level,echo,100,50,{cell},1\n", Text([Rows.Latency(50, 1) with { ResponseUs = value }]));

    [Fact]
    public void A_rate_has_one_decimal() =>
        Assert.Contains(",48000,0,123.5,", Text([Rows.Window(1) with { ThroughputRps = 123.456 }]));

    [Fact]
    public void The_culture_of_the_machine_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string expected = Text([Rows.Measured()]);
        try
        {
            CultureInfo.CurrentCulture = WithDecimalComma();
            Assert.Equal(expected, Text([Rows.Measured()]));
            Assert.Equal(Rows.Measured(), Assert.Single(Read<SummaryRow>(Header<SummaryRow>() + expected)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        Assert.Equal([Rows.Measured(), Rows.Skipped()], RoundTrip(Rows.Measured(), Rows.Skipped()));
        Assert.Equal([Rows.Window(1), Rows.Window(2)], RoundTrip(Rows.Window(1), Rows.Window(2)));
        Assert.Equal([Rows.Sample(0.25), Rows.Sample(0.5)], RoundTrip(Rows.Sample(0.25), Rows.Sample(0.5)));
        Assert.Equal([Rows.Latency(99.9, 1234.5)], RoundTrip(Rows.Latency(99.9, 1234.5)));
    }

    [Theory]
    [InlineData("a \"quoted\" word, and a comma")]
    [InlineData("two\nlines")]
    [InlineData("two\r\nlines")]
    [InlineData("a lone\rreturn")]
    [InlineData(" spaces around ")]
    [InlineData("\"")]
    [InlineData("Grüße, 世界")]
    [InlineData("=1+1")]
    [InlineData("#no comment")]
    public void A_reason_may_hold_any_text(string reason)
    {
        SummaryRow row = Rows.Skipped() with { Reason = reason };
        Assert.Equal([row, Rows.Measured()], RoundTrip(row, Rows.Measured()));
    }

    [Theory]
    [InlineData(Verdict.LoadBound, "load-bound")]
    [InlineData(Verdict.RateMissed, "rate-missed")]
    [InlineData(Verdict.Starved, "starved")]
    [InlineData(Verdict.Idle, "idle")]
    internal void Verdicts_are_the_words_of_the_design(Verdict verdict, string word)
    {
        SummaryRow row = Rows.Measured() with { Verdict = verdict };
        Assert.Contains($",{word},", Text([row]));
        Assert.Equal([row], RoundTrip(row));
    }

    private static CultureInfo WithDecimalComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "minus ";
        return culture;
    }

    private static string Header<T>()
    {
        var stream = new MemoryStream();
        RowExporter.WriteHeader<T>(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Text<T>(IEnumerable<T> rows)
    {
        var stream = new MemoryStream();
        RowExporter.WriteRows(rows, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IReadOnlyList<T> Read<T>(string text) =>
        RowImporter.Read<T>(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test.csv");

    private static IReadOnlyList<T> RoundTrip<T>(params T[] rows) => Read<T>(Header<T>() + Text(rows));
}
