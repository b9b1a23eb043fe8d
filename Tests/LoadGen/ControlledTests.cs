using System.Net.Sockets;
using C10k.Contract;
using C10k.Latency;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>The executable under --control: JSON lines in, JSON lines out.</summary>
public class ControlledTests
{
    private static readonly LoadOrder[] WholeRun =
    [
        new ConnectOrder(),
        new GreetOrder(),
        new WarmUpOrder(0.02),
        new MeasureOrder(3, 0.05),
        new StopOrder(),
    ];

    [Fact]
    public async Task Every_order_has_its_answer_in_order()
    {
        using var server = TcpTestServer.Echo(64);
        // Other programs may keep the server from answering until nobody is waited for any more.
        var finished = await Effect.Shows(
            RunsToItsEnd,
            run => Answers(run.Stdout).OfType<GreetedAnswer>().All(greeted => greeted.Served == 8),
            run => run.Stdout
        );
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
        Assert.Collection(
            Answers(finished.Stdout),
            answer => Assert.Equal((8, 8), (Connected(answer).Clients, Connected(answer).Connected)),
            answer => Assert.Equal(8, Assert.IsType<GreetedAnswer>(answer).Served),
            answer => Assert.IsType<WarmAnswer>(answer),
            answer => Assert.IsType<BorderAnswer>(answer),
            CheckWindow,
            CheckWindow,
            CheckWindow,
            answer => Assert.Equal(new LoadErrors(), Assert.IsType<StoppedAnswer>(answer).Errors)
        );

        async Task<Finished> RunsToItsEnd()
        {
            await using var program = Start(server, clients: 8);
            foreach (var order in WholeRun)
                Tell(program, LoadMessages.ToLine(order));
            return await program.Finish();
        }
    }

    [Fact]
    public async Task An_answer_comes_when_its_order_is_done_and_not_later()
    {
        using var server = TcpTestServer.Echo(64);
        await using var program = Start(server, clients: 2);
        var answers = 0;
        foreach (var order in WholeRun)
        {
            Tell(program, LoadMessages.ToLine(order));
            answers += order is MeasureOrder measure ? 1 + measure.Windows : 1;
            await Patience.Until(
                $"answer to {order}",
                () => program.Stdout.Count(character => character == '\n') == answers,
                () => program.Stdout
            );
        }
        Assert.Equal(ExitCode.Success, (await program.Finish()).ExitCode);
    }

    [Fact]
    public async Task Load_goes_on_until_it_is_stopped()
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
        await using var program = Start(server, clients: 2);
        foreach (var order in WholeRun[..4])
            Tell(program, LoadMessages.ToLine(order));
        await Patience.Until("3 windows", () => program.Stdout.Split("\"window\"").Length == 4, () => program.Stdout);
        var before = Volatile.Read(ref answered);
        await Patience.Until("more load", () => Volatile.Read(ref answered) > before + 10, () => $"{answered}");
    }

    [Fact]
    public async Task Every_client_asks_once_before_the_load_begins()
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
        await using var program = Start(server, clients: 5);
        foreach (var order in WholeRun[..2])
            Tell(program, LoadMessages.ToLine(order));
        await Patience.Until("greeting", () => program.Stdout.Contains("greeted"), () => program.Stdout);
        await Patience.Until("all have asked", () => Volatile.Read(ref answered) >= 5, () => $"{answered} have");
        Assert.Equal(5, answered);
    }

    [Fact]
    public Task Who_gets_no_first_reply_is_not_waited_for_for_ever()
    {
        return AreServed(3, AnswersThree, clients: 5);

        TcpTestServer AnswersThree()
        {
            var asked = 0;
            return TcpTestServer.Echo(
                64,
                (connection, _, message) =>
                    Interlocked.Increment(ref asked) <= 3
                        ? TcpTestServer.SendAll(connection, message)
                        : Task.Delay(Timeout.Infinite)
            );
        }
    }

    // As retransmissions come: each waits about twice as long as the one before.
    [Fact]
    public Task Who_is_let_in_late_is_waited_for_as_long_as_it_took_so_far()
    {
        // Another second is always waited for, and after the fourth until the eighth.
        double[] seconds = [0, 0.4, 0.8, 1.2, 1.6, 2, 2.4, 2.8, 3.2, 3.6, 4, 6];
        return AreServed(seconds.Length, LetsInLate, seconds.Length, "--threads", "1");

        TcpTestServer LetsInLate()
        {
            var asked = 0;
            return TcpTestServer.Echo(
                64,
                async (connection, _, message) =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(seconds[Interlocked.Increment(ref asked) - 1]));
                    await TcpTestServer.SendAll(connection, message);
                }
            );
        }
    }

    [Fact]
    public Task Who_lost_the_connection_instead_of_a_first_reply_was_not_served()
    {
        return AreServed(3, ServesThree, clients: 5);

        TcpTestServer ServesThree()
        {
            var connections = 0;
            return new TcpTestServer(async connection =>
            {
                var isServed = Interlocked.Increment(ref connections) <= 3;
                var message = new byte[64];
                await TcpTestServer.ReceiveAll(connection, message);
                if (isServed)
                    await TcpTestServer.SendAll(connection, message);
                else
                    connection.Shutdown(SocketShutdown.Send);
                await TcpTestServer.Ignore(connection);
            });
        }
    }

    [Fact]
    public async Task Requests_that_went_with_their_connections_are_told_in_the_end()
    {
        using var server = new TcpTestServer(async connection =>
        {
            await TcpTestServer.ReceiveAll(connection, new byte[4 * 64]);
            connection.Shutdown(SocketShutdown.Send);
            await TcpTestServer.Ignore(connection);
        });
        await using var program = Start(server, clients: 3, "--pipeline", "4");
        LoadOrder[] orders = [new ConnectOrder(), new WarmUpOrder(0), new MeasureOrder(3, 0.1), new StopOrder()];
        foreach (var order in orders)
            Tell(program, LoadMessages.ToLine(order));
        var stopped = Assert.IsType<StoppedAnswer>(Answers((await program.Finish()).Stdout).Last());
        Assert.Equal(
            (12, 0, 0, new LoadErrors { Closed = 3 }),
            (stopped.LostRequests, stopped.Unanswered, stopped.NotSent, stopped.Errors)
        );
    }

    [Fact]
    public async Task Nobody_there_any_more_is_the_end()
    {
        using var server = TcpTestServer.Echo(64);
        await using var program = Start(server, clients: 2);
        Tell(program, LoadMessages.ToLine(new ConnectOrder()));
        program.Input.Close();
        Assert.Equal(ExitCode.Success, (await program.Finish()).ExitCode);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"dance\"}")]
    [InlineData("{\"type\":\"measure\"}")]
    [InlineData("{\"type\":\"stopped\",\"errors\":{}}")]
    public async Task What_is_no_order_is_refused_with_one_line(string line)
    {
        using var server = TcpTestServer.Echo(64);
        await using var program = Start(server, clients: 2);
        Tell(program, line);
        var finished = await program.Finish();
        Assert.Equal($"LoadGen: no control message: {line}\n", finished.Stderr);
        Assert.Equal((ExitCode.WrongArguments, ""), (finished.ExitCode, finished.Stdout));
    }

    [Fact]
    public async Task Windows_of_an_open_loop_carry_both_distributions()
    {
        using var server = TcpTestServer.Echo(64);
        await using var program = Start(server, clients: 4, "--rate", "500", "--requests-per-connection", "5");
        foreach (var order in WholeRun)
            Tell(program, LoadMessages.ToLine(order));
        var answers = Answers((await program.Finish()).Stdout).ToList();
        var windows = answers.OfType<WindowAnswer>().ToList();
        Assert.Equal(3, windows.Count);
        foreach (var window in windows)
        {
            var service = HistogramEncoding.DecodeBase64(Assert.IsType<string>(window.ServiceHistogram));
            Assert.Equal(window.Report.Requests, service.TotalCount);
            Assert.Equal(service.Max / 1e3, window.Report.ServiceLatencyUs.Max);
            var connect = window.ConnectHistogram is { } text ? HistogramEncoding.DecodeBase64(text).TotalCount : 0;
            Assert.Equal(window.Report.Connections, connect);
        }
        Assert.InRange(windows.Sum(window => window.Report.ScheduleLagUs.Max), 0.001, double.MaxValue);
        Assert.Equal(0, Assert.IsType<StoppedAnswer>(answers[^1]).Unanswered);
    }

    [Fact]
    public async Task Requests_without_reply_are_told_in_the_end()
    {
        using var server = new TcpTestServer(TcpTestServer.Ignore);
        await using var program = Start(server, clients: 4, "--drain", "10ms");
        foreach (var order in WholeRun)
            Tell(program, LoadMessages.ToLine(order));
        var stopped = Assert.IsType<StoppedAnswer>(Answers((await program.Finish()).Stdout).Last());
        Assert.Equal((4, new LoadErrors()), (stopped.Unanswered, stopped.Errors));
    }

    [Fact]
    public async Task Errors_are_told_in_the_end()
    {
        var answered = 0;
        using var server = TcpTestServer.Echo(
            64,
            async (connection, _, message) =>
            {
                message[0] ^= 1;
                await TcpTestServer.SendAll(connection, message);
                Interlocked.Increment(ref answered);
            }
        );
        await using var program = Start(server, clients: 3);
        foreach (var order in WholeRun[..2])
            Tell(program, LoadMessages.ToLine(order));
        await Patience.Until("corrupt replies", () => Volatile.Read(ref answered) == 3, () => $"{answered}");
        foreach (var order in WholeRun[2..])
            Tell(program, LoadMessages.ToLine(order));
        var answers = Answers((await program.Finish()).Stdout).ToList();
        Assert.Equal(new LoadErrors { Corrupt = 3 }, Assert.IsType<StoppedAnswer>(answers[^1]).Errors);
        Assert.Equal((0, 0), (Window(answers[^2]).Report.Alive, Window(answers[^2]).Report.Requests));
    }

    // Other programs may keep the server from answering until nobody is waited for any more.
    private static Task AreServed(
        int expected,
        Func<TcpTestServer> serve,
        int clients,
        params IEnumerable<string> options
    ) =>
        Effect.Shows(
            () => Greet(serve, clients, options),
            served => served == expected,
            served => $"{served} clients were served"
        );

    // How many clients of a new server have a reply before the load.
    private static async Task<int> Greet(Func<TcpTestServer> serve, int clients, IEnumerable<string> options)
    {
        using var server = serve();
        await using var program = Start(server, clients, options);
        foreach (var order in WholeRun[..2])
            Tell(program, LoadMessages.ToLine(order));
        await Patience.Until("greeting", () => program.Stdout.Contains("greeted"), () => program.Stdout);
        return Assert.IsType<GreetedAnswer>(Answers(program.Stdout).Last()).Served;
    }

    private static void CheckWindow(LoadAnswer answer)
    {
        var window = Window(answer);
        var latency = HistogramEncoding.DecodeBase64(window.Histogram);
        Assert.Equal(window.Report.Requests, latency.TotalCount);
        Assert.Equal(latency.Max / 1e3, window.Report.LatencyUs.Max);
        Assert.Null(window.ServiceHistogram);
        Assert.Equal(window.Report.LatencyUs, window.Report.ServiceLatencyUs);
        Assert.Equal((8, 8, 8), (window.Report.Clients, window.Report.Connected, window.Report.Alive));
    }

    private static WindowAnswer Window(LoadAnswer answer) => Assert.IsType<WindowAnswer>(answer);

    private static ConnectedAnswer Connected(LoadAnswer answer) => Assert.IsType<ConnectedAnswer>(answer);

    private static IEnumerable<LoadAnswer> Answers(string stdout) =>
        stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(LoadMessages.ParseAnswer);

    private static void Tell(RunningProgram program, string line)
    {
        program.Input.WriteLine(line);
        program.Input.Flush();
    }

    private static RunningProgram Start(TcpTestServer server, int clients, params IEnumerable<string> options) =>
        new(
            new ProgramStart(
                "LoadGen",
                ["--control", "--target", $"{server.EndPoint}", "--clients", $"{clients}", .. options]
            )
        );
}
