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
        var first = SelfReports.Ask(name);
        var second = SelfReports.Ask(name);
        Assert.NotNull(first?.GcPauseMs);
        Assert.NotNull(first.ThreadPoolThreads);
        Assert.NotNull(first.ThreadPoolQueue);
        Assert.InRange(second!.ContextSwitchesVoluntary!.Value, first.ContextSwitchesVoluntary!.Value, long.MaxValue);
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

    private static RunningProgram Start(string model, string name) =>
        new(
            new ProgramStart("Servers", model)
            {
                Environment = new Dictionary<string, string> { [SelfReport.Variable] = name },
            }
        );
}
