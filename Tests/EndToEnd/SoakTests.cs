using C10k.Contract;
using Xunit;

namespace C10k.Tests.EndToEnd;

public class SoakTests
{
    [Fact]
    public async Task Clients_that_come_and_go_leave_nothing_behind_and_lose_nothing()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run(
            HarnessRun.Split("soak --models epoll-level,prefork:workers=8 --clients 50 --for 4s")
        );
        Assert.Matches("epoll-level: ok; [0-9,]+ requests, [0-9,]+ connections, ", finished.Stdout);
        Assert.Matches("prefork:workers=8: ok; [0-9,]+ requests, [0-9,]+ connections, ", finished.Stdout);
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
    }
}
