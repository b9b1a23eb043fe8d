using System.ComponentModel;
using System.Diagnostics;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>strace(1), which can make a system call fail. It is not everywhere, and not everywhere allowed.</summary>
internal static class Strace
{
    private static readonly Lazy<bool> Tried = new(Try);

    public static bool Works => Tried.Value;

    /// <summary>Skips the test where it is not installed, or may not trace.</summary>
    /// <param name="purpose">What it would do.</param>
    public static void Require(string purpose)
    {
        Installed.Require(Installed.Has("strace"), $"strace, which {purpose}, is not installed");
        Assert.SkipUnless(Works, $"strace, which {purpose}, may not trace here");
    }

    /// <summary>Runs what follows, which keeps its process id, with every thread's first such call failing.</summary>
    public static IReadOnlyList<string> FailFirst(string call, string errno) =>
        [
            "strace",
            "-D",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            $"trace={call}",
            "-e",
            $"inject={call}:error={errno}:when=1",
        ];

    private static bool Try()
    {
        string[] command = [.. FailFirst("accept4", "ENOBUFS"), "true"];
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false }
            )!;
            return process.StandardError.ReadToEnd().Length == 0
                && process.WaitForExit(Patience.Limit)
                && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // Not installed.
        }
    }
}
