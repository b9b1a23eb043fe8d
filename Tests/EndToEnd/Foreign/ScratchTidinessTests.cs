using System.Text.Json;
using C10k.Contract;
using C10k.Tests.EndToEnd.Faults;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Foreign;

/// <summary>The folder for the files of a foreign server's start goes with the server, or else with the next start.</summary>
[Trait("Category", "long")]
public sealed class ScratchTidinessTests
{
    private const string Echo = """
        import socket, sys, threading

        def serve(client):
            with client:
                while received := client.recv(65536):
                    client.sendall(received)

        with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listener:
            while True:
                threading.Thread(target=serve, args=[listener.accept()[0]], daemon=True).start()
        """;

    private const string Failing = "raise SystemExit('not today')";

    private static readonly string[] Command = ["python3", "{scratch}/server.py", "{port}"];

    private const string Short = "--clients 2 --windows 1 --window 1s --warmup 0s";
    private const string Long = "--clients 2 --windows 20 --window 1s --warmup 0s";

    // Nobody waits for the end of this window.
    private const string Endless = "--clients 2 --windows 1 --window 30s --warmup 0s";

    [Fact]
    public async Task It_is_gone_after_a_run()
    {
        await using var harness = Prepare(Echo);
        harness.Succeeded(await harness.Run(Args(harness, Short)));
        Assert.Empty(Left(harness));
    }

    [Fact]
    public async Task It_is_gone_when_the_server_fails()
    {
        await using var harness = Prepare(Failing);
        var finished = await harness.Run(Args(harness, Short));
        Assert.Equal(ExitCode.Failure, finished.ExitCode);
        Assert.Contains("not today", Assert.Single(harness.Summary).Reason, StringComparison.Ordinal);
        Assert.Empty(Left(harness));
    }

    [Fact]
    public async Task It_is_gone_after_an_interruption()
    {
        await using var harness = Prepare(Echo);
        Assert.Equal(ExitCode.Interrupted, await End(harness, Long, Signal(ProcessTree.SIGINT)));
        Assert.Empty(Left(harness));
    }

    [Fact]
    public Task What_a_killed_run_leaves_the_next_one_removes() => IsRemovedByTheNext(137, Signal(ProcessTree.SIGKILL));

    [Fact]
    public Task What_a_run_leaves_that_was_interrupted_twice_the_next_one_removes() =>
        IsRemovedByTheNext(ExitCode.Interrupted, run => run.InterruptTwice());

    private static async Task IsRemovedByTheNext(int exitCode, Func<FaultyRun, Task> end)
    {
        await using var harness = Prepare(Echo);
        Assert.Equal(exitCode, await End(harness, Endless, end));
        await harness.NothingRuns();
        Assert.Single(Left(harness));
        harness.Succeeded(await harness.Run(Args(harness, Short)));
        Assert.Empty(Left(harness));
    }

    private static Func<FaultyRun, Task> Signal(int signal) =>
        run =>
        {
            run.Program.Signal(signal);
            return Task.CompletedTask;
        };

    private static async Task<int> End(HarnessRun harness, string args, Func<FaultyRun, Task> end)
    {
        await using var program = harness.Start(Args(harness, args));
        var run = new FaultyRun(harness, program);
        await run.WindowIsUnderWay();
        Assert.Single(Left(harness));
        await end(run);
        return (await program.Finish()).ExitCode;
    }

    private static HarnessRun Prepare(string server)
    {
        Installed.Require("python3");
        var harness = new HarnessRun();
        harness.Environment["TMPDIR"] = Directory.CreateDirectory(harness["temporary"]).FullName;
        // Else the runtime has a socket there, and leaves it when it is killed.
        harness.Environment["DOTNET_EnableDiagnostics"] = "0";
        File.WriteAllText(harness["echo.py"], server);
        File.WriteAllText(
            harness["server.json"],
            JsonSerializer.Serialize(
                new
                {
                    name = "with-files",
                    summary = "Lives in its scratch folder.",
                    command = Command,
                    files = new Dictionary<string, string> { ["server.py"] = "echo.py" },
                }
            )
        );
        return harness;
    }

    private static string[] Args(HarnessRun harness, string args) =>
        ["--server", harness["server.json"], "--models", "with-files", .. HarnessRun.Split(args)];

    private static string[] Left(HarnessRun harness) => Directory.GetFileSystemEntries(harness["temporary"]);
}
