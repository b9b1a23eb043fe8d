using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace C10k.Tests.Support;

/// <summary>A test that runs itself once more, in a process of its own and through another command: as another user, in another namespace.</summary>
internal static class ThisTest
{
    /// <summary>What makes an ordinary user of root.</summary>
    public static IReadOnlyList<string> AsNobody { get; } =
    ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"];

    /// <summary>Runs it, and fails or skips as it does; skips also where the command cannot be tried.</summary>
    /// <param name="environment">What it finds in its environment besides.</param>
    /// <param name="method">Its name.</param>
    public static void RunsAgain<TClass>(
        IReadOnlyList<string> through,
        IReadOnlyDictionary<string, string>? environment = null,
        [CallerMemberName] string method = ""
    )
    {
        Assert.SkipUnless(CanTry(through), $"{through[0]} may not run {Program}, or is not installed");
        var (exitCode, output) = Run(
            [.. through, Program, "-method", $"{typeof(TClass).FullName}.{method}"],
            environment
        );
        Assert.SkipWhen(output.Contains("Skipped: 1", StringComparison.Ordinal), output);
        Assert.True(exitCode == 0 && output.Contains("Total: 1", StringComparison.Ordinal), output);
    }

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static string Program => Path.Combine(AppContext.BaseDirectory, typeof(ThisTest).Assembly.GetName().Name!);

    private static bool CanTry(IReadOnlyList<string> through)
    {
        try
        {
            return Run([.. through, "test", "-x", Program], environment: null).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output) Run(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string>? environment
    )
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment["HOME"] = "/tmp";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Limit), $"{string.Join(' ', command)} did not end");
        return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
