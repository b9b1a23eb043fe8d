using System.Diagnostics;
using C10k.Nodes.Collecting;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>What an ordinary user sees. As root, this test runs itself again as one.</summary>
public sealed class UnprivilegedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Without_privileges_switches_come_from_proc_and_all_else_is_as_before()
    {
        if (Environment.IsPrivilegedProcess)
        {
            RunAsNobody();
            return;
        }
        using var child = new PythonChild("burn(0.1); say('ready'); hear()");
        child.Hear();
        using var tree = new ServerTree(child.Pid);

        var seen = tree.Read();

        Assert.Equal(SwitchSource.Proc, seen.Switches?.Source);
        Assert.Equal((1, 1), (seen.Processes, seen.Threads));
        Assert.True(seen.Cpu >= TimeSpan.FromSeconds(0.1));
        Assert.True(seen.RssBytes > 0);
    }

    private static void RunAsNobody()
    {
        Installed.Require(File.Exists("/usr/bin/setpriv"), "setpriv (util-linux) is not installed");
        Assert.SkipUnless(AsNobody("test", "-x", TestProgram).ExitCode == 0, $"nobody may not run {TestProgram}");
        var (exitCode, output) = AsNobody(
            TestProgram,
            "-method",
            $"{typeof(UnprivilegedTests).FullName}.{nameof(Without_privileges_switches_come_from_proc_and_all_else_is_as_before)}"
        );
        Assert.SkipWhen(
            output.Contains("python3 is not installed", StringComparison.Ordinal),
            "python3 is not installed"
        );
        Assert.True(exitCode == 0 && output.Contains("Total: 1", StringComparison.Ordinal), output);
    }

    private static string TestProgram =>
        Path.Combine(AppContext.BaseDirectory, typeof(UnprivilegedTests).Assembly.GetName().Name!);

    private static (int ExitCode, string Output) AsNobody(params string[] command)
    {
        var start = new ProcessStartInfo(
            "/usr/bin/setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", .. command]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment["HOME"] = "/tmp";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience));
        return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
