using System.Diagnostics;
using System.Net.Sockets;
using C10k.Contract;
using C10k.Nodes.Collecting;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Servers;

public class SelfReportTests
{
    [Theory]
    [InlineData("epoll-level")]
    [InlineData("async")]
    public async Task A_server_that_is_asked_to_tells_of_itself_as_often_as_one_likes(string model)
    {
        var name = $"c10k-test-{Guid.NewGuid():N}";
        await using var server = Start(model, name);
        await Patience.Until(
            "READY",
            () => server.Stdout.Contains("READY", StringComparison.Ordinal),
            () => server.Stderr
        );
        var first = await SelfReporting.Of(name);
        var second = await SelfReporting.Of(name);
        Assert.NotNull(first.GcPauseMs);
        Assert.NotNull(first.ThreadPoolThreads);
        Assert.NotNull(first.ThreadPoolQueue);
        Assert.InRange(second.ContextSwitchesVoluntary!.Value, first.ContextSwitchesVoluntary!.Value, long.MaxValue);
        Assert.InRange(second.AllocatedBytes!.Value, first.AllocatedBytes!.Value, long.MaxValue);
        server.Input.Close();
        Assert.Equal(0, (await server.Finish()).ExitCode);
    }

    [Fact]
    public async Task A_name_that_is_taken_costs_the_report_and_nothing_else()
    {
        var name = $"c10k-test-{Guid.NewGuid():N}";
        using var squatter = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        squatter.Bind(new UnixDomainSocketEndPoint("\0" + name));
        await using var server = Start("poll", name);
        await Patience.Until(
            "READY",
            () => server.Stdout.Contains("READY", StringComparison.Ordinal),
            () => server.Stderr
        );
        Assert.Contains("note: no self-report: bind: EADDRINUSE", server.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_does_not_listen_tells_nothing()
    {
        Assert.Null(SelfReports.Ask(""));
        Assert.Null(SelfReports.Ask("nobody-listens-here"));
        Assert.Null(SelfReport.TryParse("garbage"));
    }

    [Fact]
    public async Task Who_listens_and_answers_nobody_holds_nobody_up_however_often_he_is_asked()
    {
        using var deaf = Listening(out var name);
        await Task.Run(() =>
            {
                for (var ask = 0; ask < 20; ask++)
                    Assert.Null(SelfReports.Ask(name));
            })
            .WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task Nor_does_who_answers_byte_by_byte_without_end()
    {
        using var slow = Listening(out var name);
        var asking = Task.Run(() => SelfReports.Ask(name));
        using var asker = await slow.AcceptAsync().WaitAsync(Patience.Limit);
        var clock = Stopwatch.StartNew();
        while (!asking.IsCompleted && clock.Elapsed < Patience.Limit)
        {
            Whisper(asker);
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
        Assert.Null(await asking.WaitAsync(Patience.Limit));
    }

    [Fact]
    public async Task A_line_may_come_in_pieces_and_end_with_the_connection()
    {
        using var reporter = Listening(out var name);
        var answering = Task.Factory.StartNew(
            () =>
            {
                using var asker = reporter.Accept();
                asker.Send("{\"gc_coll"u8);
                asker.Send("ections\":7}"u8);
            },
            TaskCreationOptions.LongRunning
        );
        Assert.Equal(7, SelfReports.Ask(name)?.GcCollections);
        await answering;
    }

    // The asker goes when he has had enough.
    private static void Whisper(Socket asker)
    {
        try
        {
            asker.Send(" "u8);
        }
        catch (SocketException)
        {
            // He has gone.
        }
    }

    private static Socket Listening(out string name)
    {
        name = $"c10k-test-{Guid.NewGuid():N}";
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint("\0" + name));
        listener.Listen(4);
        return listener;
    }

    private static RunningProgram Start(string model, string name) =>
        new(
            new ProgramStart("Servers", model)
            {
                Environment = new Dictionary<string, string> { [SelfReport.Variable] = name },
            }
        );
}
