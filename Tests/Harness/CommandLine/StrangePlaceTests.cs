using C10k.Contract;
using C10k.Tests.EndToEnd;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

/// <summary>Where nothing can be written, or there is no place to stand, one line says so.</summary>
public sealed class StrangePlaceTests
{
    [Fact]
    public async Task An_output_that_is_full_is_told()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunThrough(["sh", "-c", "exec \"$0\" \"$@\" >/dev/full"], "list");
        Assert.Equal(
            (ExitCode.Failure, "run-bench: nothing can be written to stdout: No space left on device\n"),
            (finished.ExitCode, finished.Stderr)
        );
    }

    [Fact]
    public async Task An_output_that_nobody_reads_any_more_is_nobody_s_loss()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunThrough(["sh", "-c", "\"$0\" \"$@\" | true"], "list");
        Assert.Equal("", finished.Stderr);
    }

    [Fact]
    public async Task A_current_folder_that_is_gone_is_told()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunThrough(
            ["sh", "-c", "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" \"$@\""],
            "list"
        );
        Assert.Equal(
            (
                ExitCode.WrongArguments,
                "run-bench: the current folder is gone, or may not be read: change to another one\n"
            ),
            (finished.ExitCode, finished.Stderr)
        );
    }
}
