using C10k.Contract;
using C10k.Nodes;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd;

public class SyscallTests
{
    [Fact]
    public Task A_request_takes_an_event_loop_two_system_calls_and_a_little() =>
        Effect.Shows(
            CallsPerRequest,
            // A receive, a send, and a wait for many. The counter and the load do not begin in the same moment.
            calls => calls is >= 1 and <= 4,
            calls => $"{calls:0.##} system calls a request"
        );

    private static async Task<double> CallsPerRequest()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run(
            HarnessRun.Split("--models epoll-level --clients 50 --windows 1 --window 2s --warmup 100ms --syscalls")
        );
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        var row = Assert.Single(harness.Summary);
        Assert.SkipWhen(
            row.SyscallsPerRequest is null,
            $"no system calls can be counted here: {File.ReadLines(harness.Latest.Log).LastOrDefault(line => line.Contains("system calls:", StringComparison.Ordinal))}"
        );
        Assert.NotNull(Executables.OnPath("perf"));
        return row.SyscallsPerRequest!.Value;
    }
}
