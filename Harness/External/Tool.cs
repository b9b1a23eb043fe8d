using System.ComponentModel;
using System.Diagnostics;

namespace C10k.Harness.External;

/// <summary>Runs a command to its end: a check, or a build.</summary>
internal static class Tool
{
    /// <summary>Runs it; what it printed comes back, stderr behind stdout.</summary>
    /// <param name="command">The program and its arguments; no shell reads them.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="limit">How long it may take before it is killed, and has failed.</param>
    public static ToolResult Run(IReadOnlyList<string> command, string folder, TimeSpan limit)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        try
        {
            using var process = Process.Start(info)!;
            process.StandardInput.Close();
            var stdout = process.StandardOutput.ReadToEndAsync();
            var stderr = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                return new ToolResult(false, $"{command[0]} did not end within {limit.TotalSeconds:0} s");
            }
            // A process that it left behind may hold the pipes; what it has to say is not waited for.
            Task.WaitAll([stdout, stderr], TimeSpan.FromSeconds(1));
            return new ToolResult(process.ExitCode == 0, TextOf(stdout) + TextOf(stderr));
        }
        catch (Win32Exception refused)
        {
            return new ToolResult(false, $"{command[0]}: {refused.Message}");
        }
    }

    private static string TextOf(Task<string> output) => output.IsCompletedSuccessfully ? output.Result : "";
}

/// <summary>What came of a command.</summary>
internal sealed record ToolResult(bool Succeeded, string Output);
