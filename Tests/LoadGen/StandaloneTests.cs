using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using C10k.Contract;
using C10k.Latency;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>The executable as people use it.</summary>
public class StandaloneTests
{
    [Fact]
    public async Task A_load_without_errors_is_one_JSON_object_and_exit_code_0()
    {
        using var server = TcpTestServer.Echo(64);
        var finished = await Run(server.EndPoint, "--clients 10 --duration 300ms --warmup 20ms --json");
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.Equal("", finished.Stderr);
        using var json = JsonDocument.Parse(finished.Stdout);
        Assert.Equal(
            [
                .. "clients active connected alive served unserved spared replies_per_client connect_seconds requests".Split(
                    ' '
                ),
                .. "seconds standstill_seconds throughput_rps latency_us service_latency_us schedule_lag_us pacing_us".Split(
                    ' '
                ),
                .. "connections connect_us unanswered lost_requests not_sent errors fairness errnos".Split(' '),
                .. "cpu_us_per_request cpu_seconds spun_seconds cpu_utilization cpu_spinning cpu_waiting allocated_bytes load_bound load_bound_reason".Split(
                    ' '
                ),
            ],
            Fields(json.RootElement)
        );
        Assert.Equal(["p50", "p90", "p99", "p999", "max", "mean"], Fields(json.RootElement.GetProperty("latency_us")));
        Assert.Equal(
            "refused timeout unreachable no_port no_descriptor reset closed corrupt excess other".Split(' '),
            Fields(json.RootElement.GetProperty("errors"))
        );
        Assert.Equal((10, 10, 10), (Int(json, "clients"), Int(json, "connected"), Int(json, "alive")));
        Assert.InRange(Int(json, "served"), 1, 10);
        Assert.InRange(Int(json, "requests"), 1, int.MaxValue);
        Assert.Equal(
            json.RootElement.GetProperty("requests").GetInt64() / json.RootElement.GetProperty("seconds").GetDouble(),
            json.RootElement.GetProperty("throughput_rps").GetDouble(),
            1e-6
        );
    }

    [Fact]
    public async Task Without_json_it_is_a_text_for_people()
    {
        using var server = TcpTestServer.Echo(64);
        var finished = await Run(server.EndPoint, "--clients 3 --duration 300ms --warmup 0s");
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.StartsWith(
            $"3 of 3 clients connected to {server.EndPoint} in ",
            finished.Stdout,
            StringComparison.Ordinal
        );
        Assert.Contains("errors       none", finished.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_connects_are_counted_and_exit_code_1()
    {
        using var port = new DeafPort();
        var finished = await Run(port.EndPoint, "--clients 7 --duration 10m --warmup 0s --json");
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        using var json = JsonDocument.Parse(finished.Stdout);
        Assert.Equal((7, 0, 0), (Int(json, "clients"), Int(json, "connected"), Int(json, "requests")));
        Assert.Equal(7, json.RootElement.GetProperty("errors").GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task Failed_connects_are_told_with_their_errno()
    {
        using var port = new DeafPort();
        var finished = await Run(port.EndPoint, "--clients 7 --duration 1s");
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.Contains("errors       7 refused (7 ECONNREFUSED)", finished.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_without_reply_are_told_and_a_failure()
    {
        const int Answered = 10;
        var asked = 0;
        using var server = TcpTestServer.Echo(
            64,
            (connection, _, message) =>
                Interlocked.Increment(ref asked) <= Answered
                    ? TcpTestServer.SendAll(connection, message)
                    : TcpTestServer.Ignore(connection)
        );
        var finished = await Run(server.EndPoint, "--clients 3 --duration 2s --warmup 0s --drain 20ms");
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.InRange(asked, Answered + 1, Answered + 3);
        Assert.Contains("unanswered   3 at the end", finished.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_went_with_their_connections_are_told()
    {
        using var server = new TcpTestServer(async connection =>
        {
            await TcpTestServer.ReceiveAll(connection, new byte[8 * 64]);
            connection.Shutdown(SocketShutdown.Send);
            await TcpTestServer.Ignore(connection);
        });
        var finished = await Run(server.EndPoint, "--clients 3 --pipeline 8 --duration 200ms --warmup 500ms");
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.Contains("errors       3 closed early", finished.Stdout, StringComparison.Ordinal);
        Assert.Contains("lost         24 requests, with their connections", finished.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_one_line_tells_how_it_goes()
    {
        Installed.Require(File.Exists("/usr/bin/script"), "no script (Debian package bsdutils)");
        using var server = TcpTestServer.Echo(64);
        var finished = await RunningProgram.ToEnd(
            Describe(server.EndPoint, "--clients 3 --duration 300ms --interval 100ms --warmup 0s") with
            {
                Through = ["sh", "-c", "script -qec \"'$0' $*\" /dev/null"],
            }
        );
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.Matches(
            "connecting 3 clients.*0\\.1 of 0\\.3 s .* requests/s .*0\\.3 of 0\\.3 s",
            OneLine(finished.Stdout)
        );
    }

    [Fact]
    public async Task Histograms_are_written_to_files()
    {
        using var folder = new Harness.TemporaryFolder();
        var (hgrm, hlog) = (folder["all.hgrm"], folder["all.hlog"]);
        using var server = TcpTestServer.Echo(64);
        var finished = await Run(
            server.EndPoint,
            $"--clients 3 --duration 300ms --interval 100ms --warmup 0s --json --hgrm {hgrm} --hlog {hlog}"
        );
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
        using var json = JsonDocument.Parse(finished.Stdout);
        Assert.Contains(
            $"Total count    = {Int(json, "requests"), 12}]",
            File.ReadAllText(hgrm),
            StringComparison.Ordinal
        );
        var intervals = File.ReadAllLines(hlog).Where(line => char.IsAsciiDigit(line[0])).ToList();
        Assert.Equal(3, intervals.Count);
        var counts = intervals.Select(line => HistogramEncoding.DecodeBase64(line.Split(',')[3]).TotalCount);
        Assert.Equal(Int(json, "requests"), counts.Sum());
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_refused_before_anything_begins()
    {
        using var server = TcpTestServer.Echo(64);
        var finished = await Run(server.EndPoint, "--hlog /no/such/folder/x.hlog");
        Assert.StartsWith(
            "LoadGen: --hlog /no/such/folder/x.hlog cannot be written: ",
            finished.Stderr,
            StringComparison.Ordinal
        );
        Assert.Equal((ExitCode.WrongArguments, 0), (finished.ExitCode, server.Accepted));
    }

    [Fact]
    public async Task Calibration_measures_against_a_server_of_its_own()
    {
        var finished = await RunningProgram.ToEnd(
            new ProgramStart("LoadGen", "calibrate", "--clients", "20", "--duration", "200ms")
        );
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
        var row = finished.Stdout.TrimEnd('\n').Split('\n')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("20", row[0]);
        Assert.InRange(double.Parse(row[1]), 1, double.MaxValue);
        Assert.InRange(double.Parse(row[^1]), double.Parse(row[1]), double.MaxValue);
    }

    [Fact]
    public async Task Help_has_examples()
    {
        var finished = await RunningProgram.ToEnd(new ProgramStart("LoadGen", "--help"));
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.Contains("LoadGen --target 127.0.0.1:5000 --clients 10000", finished.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain(" respond", finished.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_the_warm_up_count_too()
    {
        using var server = new TcpTestServer(connection => TcpTestServer.ReceiveAll(connection, new byte[64]));
        var finished = await Run(server.EndPoint, "--clients 4 --duration 20ms --warmup 500ms --json");
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        using var json = JsonDocument.Parse(finished.Stdout);
        Assert.Equal(4, json.RootElement.GetProperty("errors").GetProperty("closed").GetInt32());
    }

    [Fact]
    public async Task A_silent_server_is_a_failure()
    {
        using var server = new TcpTestServer(TcpTestServer.Ignore);
        var finished = await Run(server.EndPoint, "--clients 4 --duration 20ms --warmup 0s");
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.Contains("0 were served", finished.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--warmup 0s --duration 10m")]
    [InlineData("--warmup 10m --duration 10m")]
    [InlineData("--warmup 0s --duration 10m --interval 20ms --hlog /dev/null --rate 1000 --threads 3")]
    public async Task An_interruption_prints_what_there_is(string times)
    {
        var answered = 0;
        using var server = TcpTestServer.Echo(
            64,
            (connection, _, message) =>
            {
                Interlocked.Increment(ref answered);
                return TcpTestServer.SendAll(connection, message);
            }
        );
        await using var program = Start(server.EndPoint, $"--clients 3 --json {times}");
        await Patience.Until(
            "load",
            () => Volatile.Read(ref answered) > 10,
            () => $"{answered} requests; {program.Stderr}"
        );
        await CheckInterrupted(program, connected: 3);
    }

    [Fact]
    public async Task An_interruption_of_a_load_that_gets_no_answer_does_too()
    {
        var asked = 0;
        using var server = new TcpTestServer(async connection =>
        {
            await TcpTestServer.ReceiveAll(connection, new byte[64]);
            Interlocked.Increment(ref asked);
            await TcpTestServer.Ignore(connection);
        });
        await using var program = Start(server.EndPoint, "--clients 3 --json --warmup 10m --duration 10m");
        await Patience.Until("requests", () => Volatile.Read(ref asked) == 3, () => $"{asked}; {program.Stderr}");
        await CheckInterrupted(program, connected: 3);
    }

    [Fact]
    public async Task An_interruption_while_connecting_does_too()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var endPoint = (IPEndPoint)listener.LocalEndPoint!;
        await using var program = Start(endPoint, "--clients 100 --json --connect-timeout 10m");
        Assert.True(await Task.Run(() => listener.Poll(Patience.Limit, SelectMode.SelectRead)));
        await CheckInterrupted(program, connected: null);
    }

    [Fact]
    public async Task More_clients_than_descriptors_are_refused_before_anything_begins()
    {
        using var server = TcpTestServer.Echo(64);
        var finished = await RunningProgram.ToEnd(
            new ProgramStart("LoadGen", "--target", $"{server.EndPoint}", "--clients", "201")
            {
                Through = ["sh", "-c", "ulimit -n 300 && exec \"$0\" \"$@\""],
            }
        );
        Assert.Equal(
            "LoadGen: --clients 201 needs 301 descriptors, the limit is 300: raise it with ulimit -Hn 301 as root\n",
            finished.Stderr
        );
        Assert.Equal((ExitCode.WrongArguments, 0), (finished.ExitCode, server.Accepted));
    }

    [Theory]
    [InlineData("", "Option '--target' is required.")]
    [InlineData("--target 127.0.0.1", "--target takes address:port, such as 127.0.0.1:5000, not '127.0.0.1'")]
    [InlineData("--target :80", "--target takes address:port, such as 127.0.0.1:5000, not ':80'")]
    [InlineData("--target 127.0.0.1:0", "--target takes address:port, such as 127.0.0.1:5000, not '127.0.0.1:0'")]
    [InlineData(
        "--target 127.0.0.1:65536",
        "--target takes address:port, such as 127.0.0.1:5000, not '127.0.0.1:65536'"
    )]
    [InlineData("--target [::1]:80", "--target takes a host that has an IPv4 address, not '[::1]:80'")]
    [InlineData("--target 127.0.0.1:9 --clients 0", "--clients takes a whole number from 1 to 1000000, not '0'")]
    [InlineData("--target 127.0.0.1:9 --threads 0", "--threads takes a whole number from 1 to 1024, not '0'")]
    [InlineData(
        "--target no.such.host.invalid:9",
        "--target takes a host that has an IPv4 address, not 'no.such.host.invalid:9'"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --size 17m",
        "--size takes up to 16,777,216 bytes for --conversation echo, not 17,825,792"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --conversation prefix --size 64*9,65537*1",
        "--size takes up to 65,536 bytes for --conversation prefix, not 65,537"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --size 0",
        "--size takes sizes from 1 byte on, such as 64, 16k, uniform:16-1024 or 64*9,4096*1, not '0'"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --rate 0",
        "--rate takes a number of requests per second above 0, such as 20000, not '0'"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --think 0ms",
        "--think takes a duration above 0 with its unit, such as 50ms or exp:50ms, not '0ms'"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --rate 5 --think 5ms",
        "--rate and --think do not go together: a schedule waits for nobody to think"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --pipeline 2 --think 5ms",
        "--pipeline and --think do not go together: who waits for a reply has one request under way"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --arrivals poisson",
        "--arrivals needs --rate: in a closed loop requests follow replies"
    )]
    [InlineData("--target 127.0.0.1:9 --clients 5 --active 6", "--active 6 is more than --clients 5")]
    [InlineData(
        "--target 127.0.0.1:9 --read-rate 0",
        "--read-rate takes a number of bytes per second, such as 500 or 10k, not '0'"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --conversation sink --read-rate 1k",
        "--read-rate has nothing to read from --conversation sink: try bulk"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --duration 0s",
        "--duration takes a duration of at least 1ms with its unit, such as 500ms, 2s or 1m, not '0s'"
    )]
    [InlineData(
        "--target 127.0.0.1:9 --conversation http --size 5",
        "--size says nothing with --conversation http: leave it out"
    )]
    [InlineData("--target 127.0.0.1:9 --control --json", "--json is for use alone: leave out --control")]
    [InlineData("--target 127.0.0.1:9 --control --hgrm x", "--hgrm is for use alone: leave out --control")]
    [InlineData("--target 127.0.0.1:9 --control --hlog x", "--hlog is for use alone: leave out --control")]
    [InlineData("--target 127.0.0.1:9 --control --duration 5s", "--duration is for use alone: leave out --control")]
    [InlineData("--target 127.0.0.1:9 --control --warmup 0s", "--warmup is for use alone: leave out --control")]
    [InlineData("--target 127.0.0.1:9 --control --interval 1s", "--interval is for use alone: leave out --control")]
    [InlineData("--target 127.0.0.1:9 --workload htp", "unknown --workload 'htp': did you mean http?")]
    [InlineData("--target 127.0.0.1:9 --clint 5", "unknown option '--clint': did you mean --clients?")]
    public async Task Wrong_arguments_are_refused_with_one_line(string args, string message)
    {
        var finished = await RunningProgram.ToEnd(
            new ProgramStart("LoadGen", args.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        );
        Assert.Equal($"LoadGen: {message}\n", finished.Stderr);
        Assert.Equal((ExitCode.WrongArguments, ""), (finished.ExitCode, finished.Stdout));
    }

    private static async Task CheckInterrupted(RunningProgram program, int? connected)
    {
        program.Signal(ProcessTree.SIGINT);
        var finished = await program.Finish();
        Assert.Equal((ExitCode.Interrupted, ""), (finished.ExitCode, finished.Stderr));
        using var json = JsonDocument.Parse(finished.Stdout);
        if (connected is not null)
            Assert.Equal(connected, Int(json, "connected"));
        Assert.InRange(json.RootElement.GetProperty("seconds").GetDouble(), 0, 600);
    }

    private static Task<Finished> Run(IPEndPoint target, string args) => RunningProgram.ToEnd(Describe(target, args));

    private static RunningProgram Start(IPEndPoint target, string args) => new(Describe(target, args));

    private static ProgramStart Describe(IPEndPoint target, string args) =>
        new("LoadGen", ["--target", $"{target}", .. args.Split(' ')]);

    private static IEnumerable<string> Fields(JsonElement element) =>
        element.EnumerateObject().Select(field => field.Name);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static int Int(JsonDocument json, string field) => json.RootElement.GetProperty(field).GetInt32();
}
