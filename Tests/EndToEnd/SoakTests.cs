using C10k.Contract;
using Xunit;

namespace C10k.Tests.EndToEnd;

[Trait("Category", "long")]
public class SoakTests
{
    // Twenty windows a model, of half a second each: in less a server that others keep from its CPU may have no turn.
    private const string Long = "20s";

    [Fact]
    public async Task Clients_that_come_and_go_leave_nothing_behind_and_lose_nothing()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run(
            HarnessRun.Split($"soak --models epoll-level,prefork:workers=8 --clients 50 --for {Long}")
        );
        Assert.Matches("epoll-level: ok; [0-9,]+ requests, [0-9,]+ connections, ", finished.Stdout);
        Assert.Matches("prefork:workers=8: ok; [0-9,]+ requests, [0-9,]+ connections, ", finished.Stdout);
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
    }
}
