using C10k.Contract;
using C10k.Harness.Planning;
using Xunit;

namespace C10k.Tests.EndToEnd;

public class SyscallTests
{
    [Fact]
    public async Task A_request_takes_an_event_loop_two_system_calls_and_a_little()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run(
            HarnessRun.Split("--models epoll-level --clients 50 --windows 1 --window 500ms --warmup 100ms --syscalls")
        );
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        var row = Assert.Single(harness.Summary);
        Assert.SkipWhen(
            row.SyscallsPerRequest is null,
            $"no system calls can be counted here: {File.ReadLines(harness.Latest.Log).LastOrDefault(line => line.Contains("system calls:", StringComparison.Ordinal))}"
        );
        Assert.NotNull(Executables.OnPath("perf"));
        // A receive, a send, and a wait for many. The counter and the load do not begin in the same moment.
        Assert.InRange(row.SyscallsPerRequest!.Value, 1, 4);
    }
}
