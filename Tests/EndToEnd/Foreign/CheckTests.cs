using C10k.Contract;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Foreign;

/// <summary><c>run-bench.sh check</c> lets right servers pass, and names what is wrong with others.</summary>
[Trait("Category", "long")]
public sealed class CheckTests
{
    public static TheoryData<string> RightServers =>
        [
            "node-net",
            "python-asyncio",
            "python-blocking",
            "python-forking",
            "python-generators",
            "python-selectors",
            "python-threads",
            "python-twisted",
            "c-libevent",
            "nginx",
            "apache-prefork",
            "apache-worker",
            "apache-event",
            "haproxy",
            "epoll-level",
            "blocking-one-shot",
        ];

    [Theory]
    [MemberData(nameof(RightServers))]
    public async Task A_server_that_comes_with_the_bench_passes(string server)
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run("check", server);
        Assert.SkipWhen(finished.Stderr.Contains("which is not installed", StringComparison.Ordinal), finished.Stderr);
        harness.Succeeded(finished);
        Assert.Matches(@"(\d+) of \1 checks passed\n$", finished.Stdout);
        Assert.DoesNotContain("FAILED", finished.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong-bytes", "a request is answered, byte for byte: byte ")]
    [InlineData("ignores-sigterm", "leaves nothing: it did not end within 4 s, and was killed")]
    [InlineData(
        "dies-at-once",
        "its port is its own: the server ended with exit code 1 before it was ready: 'it is not my day'"
    )]
    [InlineData("detaches", "its port is its own: 127.0.0.1:")]
    public async Task What_is_wrong_is_named(string way, string failure)
    {
        Installed.Require("python3");
        await using var harness = new HarnessRun();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "broken_server.py"), harness["broken_server.py"]);
        var finished = await harness.Run(
            "check",
            $"name={way},cmd=python3 {harness["broken_server.py"]} {way} {{port}}"
        );
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.Contains(finished.Stdout.Split('\n'), line => IsFailure(line, failure));
        Assert.DoesNotContain(ProcessTree.CommandLines(), words => words.Contains(harness["broken_server.py"]));
    }

    [Theory]
    [InlineData("readiness", "check takes one server, and 'readiness' names 7")]
    [InlineData("epol", "unknown model 'epol': did you mean epoll-level?")]
    public async Task What_names_no_single_server_is_refused(string asked, string message)
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run("check", asked);
        Assert.Equal((ExitCode.WrongArguments, $"run-bench: {message}\n"), (finished.ExitCode, finished.Stderr));
    }

    private static bool IsFailure(string line, string failure) =>
        line.StartsWith("  FAILED ", StringComparison.Ordinal) && line.Contains(failure, StringComparison.Ordinal);
}
