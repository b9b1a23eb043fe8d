using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>The end of stdin stops a server only where it means that the parent is gone. The host sees to that, so one model is enough.</summary>
public sealed class StandardInputTests
{
    private const string Model = "epoll-level";

    [Theory]
    [InlineData("</dev/null")]
    [InlineData("<&-")] // The runtime opens something of its own under the free number.
    public Task A_stdin_that_nobody_holds_means_nothing(string redirection) =>
        ServesAndStops(StopBy.Sigterm, "sh", "-c", $"exec \"$0\" \"$@\" {redirection}");

    [Fact]
    public Task A_pipe_that_does_not_block_means_the_same_as_one_that_does()
    {
        const string MakeNonBlocking = "use Fcntl; fcntl(STDIN, F_SETFL, O_NONBLOCK) or die; exec @ARGV";
        Installed.Require(File.Exists("/usr/bin/perl"), "perl, which makes stdin non-blocking, is not installed");
        return ServesAndStops(StopBy.EndOfStdin, "/usr/bin/perl", "-e", MakeNonBlocking);
    }

    [Fact]
    public async Task Bytes_on_stdin_are_ignored()
    {
        await using var server = await ServerUnderTest.Start(Model);
        await server.WriteToStdin(new string('x', 200_000)); // More than a pipe holds: somebody must have read it.
        await Serves(server);
    }

    private static Task ServesAndStops(StopBy way, params string[] through) =>
        Stopping.InTime(async () =>
        {
            await using var server = await ServerUnderTest.StartThrough(through, Model);
            await Serves(server);
            var inTime = await server.Stops(way);
            Assert.Equal("", server.Complaints);
            return inTime;
        });

    private static async Task Serves(ServerUnderTest server)
    {
        for (var i = 0; i < 20; i++)
        {
            using var client = await Client.Connect(server.EndPoint);
            await client.ExpectEcho(Message.Of(64));
        }
    }
}
