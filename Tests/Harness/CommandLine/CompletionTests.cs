using System.Diagnostics;
using C10k.Harness.Planning;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("lat", "latencies")]
    [InlineData("--prof", "--profile")]
    [InlineData("--profile fu", "full")]
    [InlineData("run --models epoll-l", "epoll-level")]
    [InlineData("--models poll,epoll-e", "poll,epoll-edge")]
    [InlineData("duel poll epoll-ed", "epoll-edge")]
    [InlineData("compare a b --fail", "--fail-on")]
    [InlineData("list mod", "models")]
    public async Task Bash_completes_commands_options_and_their_values(string typed, string completed)
    {
        var script = await Script("bash");
        Assert.Equal([completed], await Bash(script, typed));
    }

    [Fact]
    public async Task Every_shell_parses_its_script()
    {
        foreach (var shell in (string[])["bash", "zsh", "fish"])
        {
            var script = await Script(shell);
            Assert.Contains("latencies", script, StringComparison.Ordinal);
            if (Executables.OnPath(shell) is { } path)
                Assert.Equal("", await Run(path, ["-n"], script));
        }
    }

    private static async Task<string> Script(string shell)
    {
        var finished = await RunningProgram.ToEnd(new ProgramStart("Harness", "completion", shell));
        Assert.Equal((0, ""), (finished.ExitCode, finished.Stderr));
        return finished.Stdout;
    }

    // What the shell itself does: the words so far, the number of the last one, and the function's answers.
    private static async Task<string[]> Bash(string script, string typed) =>
        (
            await Run(
                "/bin/bash",
                [],
                $"{script}\nCOMP_WORDS=(run-bench.sh {typed})\nCOMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n_run_bench\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
            )
        ).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> Run(string shell, string[] arguments, string script)
    {
        var start = new ProcessStartInfo(shell, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var complaint = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        return said + await complaint;
    }
}
