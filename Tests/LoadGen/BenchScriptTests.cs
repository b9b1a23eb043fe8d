using System.Diagnostics;
using System.Runtime.Versioning;
using C10k.Tests.Harness;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary><c>LoadGen/bench.sh</c> with load generators that say what the test wants: a figure is a median of runs that went well, or there is none.</summary>
[SupportedOSPlatform("linux")]
public sealed class BenchScriptTests : IDisposable
{
    private const string Figures = """
        echo '{
          "connect_seconds": 0.25,
          "throughput_rps": 300.5,
          "cpu_us_per_request": 6.0,
          "errors": {
            "reset": 0
          }
        }'
        """;

    private readonly TemporaryFolder _folder = new();

    public BenchScriptTests()
    {
        Directory.CreateDirectory(_folder["LoadGen"]);
        Directory.CreateDirectory(_folder["artifacts/bin/LoadGen/release"]);
        File.Copy(RepositoryRoot.File("LoadGen", "bench.sh"), _folder["LoadGen/bench.sh"]);
        Write("server", "echo READY 127.0.0.1:9; exec sleep 100");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_medians_of_all_pairs_are_printed()
    {
        Write("artifacts/bin/LoadGen/release/LoadGen", Figures);
        Write("other", "echo rps=150.25 cpu_us_per_req=4.0");
        var (exitCode, stdout, stderr) = await Run();
        Assert.Equal((0, ""), (exitCode, stderr));
        Assert.Equal(["100", "all", "median", "2.000", "1.500", "0.250"], LastRow(stdout));
    }

    [Fact]
    public async Task For_wrk_there_is_no_ratio_of_CPU_times()
    {
        Write("artifacts/bin/LoadGen/release/LoadGen", Figures);
        Write("other", "echo 'Requests/sec:    601.00'");
        var (exitCode, stdout, stderr) = await Run();
        Assert.Equal((0, ""), (exitCode, stderr));
        Assert.Equal(["100", "all", "median", "0.500", "-", "0.250"], LastRow(stdout));
    }

    [Theory]
    [InlineData("echo 'LoadGen: no such thing' >&2; exit 2", "exit code 2: LoadGen: no such thing")]
    [InlineData("echo '  \"reset\": 3,'; echo '  \"closed\": 0,'; exit 1", "exit code 1: 3 reset")]
    public async Task A_LoadGen_that_fails_ends_it(string body, string reason)
    {
        Write("artifacts/bin/LoadGen/release/LoadGen", body);
        Write("other", "echo rps=150.25 cpu_us_per_req=4.0");
        var (exitCode, _, stderr) = await Run();
        Assert.Equal((1, $"bench.sh: LoadGen with 100 clients: {reason}\n"), (exitCode, stderr));
    }

    [Theory]
    [InlineData("echo cannot connect; exit 3", "exit code 3: cannot connect")]
    [InlineData("echo hello", "told neither rps= and cpu_us_per_req= nor Requests/sec: hello")]
    [InlineData("echo rps=0 cpu_us_per_req=0", "answered no request")]
    [InlineData("echo 'Socket errors: read 5'; echo Requests/sec: 7", "Socket errors: read 5")]
    public async Task Another_one_that_fails_ends_it_too(string body, string reason)
    {
        Write("artifacts/bin/LoadGen/release/LoadGen", Figures);
        Write("other", body);
        var (exitCode, _, stderr) = await Run();
        Assert.Equal(1, exitCode);
        Assert.EndsWith($"{reason}\n", stderr, StringComparison.Ordinal);
        Assert.Single(stderr.TrimEnd('\n').Split('\n'));
    }

    private static string[] LastRow(string stdout) =>
        stdout.TrimEnd('\n').Split('\n')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Write(string name, string body)
    {
        File.WriteAllText(_folder[name], $"#!/usr/bin/env bash\n{body}\n");
        File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int ExitCode, string Stdout, string Stderr)> Run()
    {
        string[] arguments =
        [
            _folder["LoadGen/bench.sh"],
            .. ("--clients 100 --pairs 3 --server-cpu 0 --load-cpu 0 --server " + _folder["server"]).Split(' '),
            "--other",
            _folder["other"] + " {host} {port} {clients} {seconds}",
        ];
        var start = new ProcessStartInfo("bash", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var (stdout, stderr) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        return (script.ExitCode, await stdout, await stderr);
    }
}
