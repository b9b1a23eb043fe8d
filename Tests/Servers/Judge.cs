using System.ComponentModel;
using System.Diagnostics;
using C10k.Tests.Support;

namespace C10k.Tests.Servers;

/// <summary>A client that others wrote, and that knows nothing of this server.</summary>
internal static class Judge
{
    /// <summary>Runs it to its end; what it said, stderr behind stdout. The test is skipped where it is not installed.</summary>
    /// <param name="package">The Debian package that holds it.</param>
    public static async Task<string> Run(string package, string program, params string[] arguments)
    {
        using var process = Start(package, program, arguments);
        try
        {
            return await Patience.Within(program, stop => Finish(process, stop));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static Process Start(string package, string program, string[] arguments)
    {
        var startInfo = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(startInfo)!;
        }
        catch (Win32Exception)
        {
            Installed.Require(false, $"{program} is not installed (Debian: {package})");
            throw;
        }
    }

    private static async Task<string> Finish(Process process, CancellationToken stop)
    {
        var stdout = process.StandardOutput.ReadToEndAsync(stop);
        var stderr = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return await stdout + await stderr;
    }
}
