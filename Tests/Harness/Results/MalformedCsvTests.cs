using System.Text;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Results;

public class MalformedCsvTests
{
    private const string Header = "model,workload,clients,percentile,response_us,service_us\n";
    private const string Good = "epoll-level,echo,100,50,1,1\n";

    [Theory]
    [InlineData("epoll-level,echo,many,50,1,1\n", "latency.csv: line 3, column clients: 'many' is not a whole number")]
    [InlineData("epoll-level,echo,3.5,50,1,1\n", "latency.csv: line 3, column clients: '3.5' is not a whole number")]
    [InlineData(
        "epoll-level,echo,9999999999,50,1,1\n",
        "latency.csv: line 3, column clients: '9999999999' is not a whole number"
    )]
    [InlineData("epoll-level,echo,,50,1,1\n", "latency.csv: line 3, column clients: '' is not a whole number")]
    [InlineData(
        "epoll-level,echo,100,50,1.2.3,1\n",
        "latency.csv: line 3, column response_us: '1.2.3' is not a number"
    )]
    [InlineData("epoll-level,echo,100,50,NaN,1\n", "latency.csv: line 3, column response_us: 'NaN' is not a number")]
    [InlineData(
        "epoll-level,echo,100,50,\"1,5\",1\n",
        "latency.csv: line 3, column response_us: '1,5' is not a number"
    )]
    [InlineData(",echo,100,50,1,1\n", "latency.csv: line 3, column model: '' is not a name")]
    [InlineData("epoll-level,echo,100\n", "latency.csv: line 3, column percentile: the line ends before it")]
    [InlineData("epoll-level,echo,100,50,1,1,7\n", "latency.csv: line 3, column 7: the header has 6 only")]
    [InlineData(
        "epoll-level,echo,100,50,1,\"1\"1\n",
        "latency.csv: line 3, column service_us: quotes in the wrong place"
    )]
    [InlineData("epoll\"level,echo,100,50,1,1\n", "latency.csv: line 3, column model: quotes in the wrong place")]
    public void A_bad_line_is_named_with_file_line_and_column(string line, string message) =>
        Assert.Equal(message, Error<LatencyRow>(Header + Good + line));

    [Fact]
    public void A_missing_column_is_named() =>
        Assert.Equal(
            "latency.csv: line 1: column response_us is missing",
            Error<LatencyRow>("model,workload,clients,percentile,service_us\nepoll-level,echo,100,50,1\n")
        );

    [Fact]
    public void What_a_spreadsheet_of_another_locale_has_saved_is_told_as_that() =>
        Assert.Equal(
            "latency.csv: line 1: has semicolons where commas belong, as a spreadsheet saves it in some languages: use the file as the run wrote it",
            Error<LatencyRow>(Header.Replace(',', ';') + "epoll-level;echo;100;50;1,5;1,5\n")
        );

    [Fact]
    public void A_malformed_header_is_named_too() =>
        Assert.Equal(
            "latency.csv: line 1, column 1: quotes in the wrong place",
            Error<LatencyRow>("mo\"del,workload\n")
        );

    [Fact]
    public void A_file_of_empty_lines_holds_no_rows() => Assert.Empty(Read<LatencyRow>("\n\n"));

    [Fact]
    public void An_unknown_word_is_answered_with_the_known_ones()
    {
        string text = Encoding.UTF8.GetString(Summary()).Replace(",ok,", ",fine,");
        Assert.Equal(
            "latency.csv: line 2, column status: 'fine' is not one of ok, skipped, failed",
            Error<SummaryRow>(text)
        );
    }

    [Fact]
    public void A_moment_without_its_zone_is_refused() =>
        Assert.Equal(
            "latency.csv: line 2, column started_utc: '2026-01-31 12:00' is not a UTC time such as 2026-01-31T12:00:00.000Z",
            Error<WindowRow>(
                "model,workload,clients,round,window,started_utc,seconds,requests,errors,throughput_rps,p50_us,p90_us,p99_us,"
                    + "p999_us,max_us,mean_us,server_cpu_cores,load_cpu_cores,threads,processes,rss_mb,"
                    + "context_switches_voluntary,context_switches_involuntary\n"
                    + "m,echo,1,1,1,2026-01-31 12:00,1,1,0,1,,,,,,,,,,,,,\n"
            )
        );

    [Fact]
    public void Columns_in_another_order_and_unknown_ones_do_no_harm() =>
        Assert.Equal(
            [Rows.Latency(50, 1)],
            Read<LatencyRow>(
                "clients,new,model,percentile,service_us,response_us,workload\r\n100,?,epoll-level,50,1,1,echo\r\n"
            )
        );

    private static byte[] Summary()
    {
        var stream = new MemoryStream();
        RowExporter.WriteHeader<SummaryRow>(stream);
        RowExporter.WriteRows([Rows.Measured()], stream);
        return stream.ToArray();
    }

    private static string Error<T>(string text) => Assert.Throws<CsvFormatException>(() => Read<T>(text)).Message;

    private static IReadOnlyList<T> Read<T>(string text) =>
        RowImporter.Read<T>(new MemoryStream(Encoding.UTF8.GetBytes(text)), "latency.csv");
}
