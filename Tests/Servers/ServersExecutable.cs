using System.Diagnostics;
using C10k.Hosting;
using C10k.Tests.Servers.Readiness;

namespace C10k.Tests.Servers;

/// <summary>The executable under test, which the build puts beside the test assembly, and what it says of itself.</summary>
internal static class ServersExecutable
{
    public static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "Servers");

    private static readonly Lazy<IReadOnlyList<ModelInfo>> ListedModels = new(ReadList);

    /// <summary>The models that <c>--list</c> names: a new one is tested without a line here.</summary>
    public static IReadOnlyList<ModelInfo> Models => ListedModels.Value;

    /// <summary>What it says of a model, which may be named with parameters.</summary>
    public static ModelInfo Find(string model)
    {
        var id = ModelReference.Parse(model).Id;
        return Models.First(info => info.Id == id);
    }

    /// <summary>Runs it with arguments that do not make it serve.</summary>
    public static async Task<Finished> Run(params string[] args)
    {
        using var process = Process.Start(StartInfo(args))!;
        process.StandardInput.Close();
        try
        {
            return await Patience.Within($"Servers {string.Join(' ', args)}", stop => Finish(process, stop));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>How it is started: all three streams are pipes.</summary>
    /// <param name="through">A command that runs it in its own place, such as <c>sh -c 'exec "$0" "$@"'</c>.</param>
    public static ProcessStartInfo StartInfo(IReadOnlyList<string> args, params IReadOnlyList<string> through)
    {
        string[] command = [.. through, Path, .. args];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Thousands of workers are started, for a few requests each: what they would gain by good code is lost in making it.
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        if (KqueueStandIn.Folder is { } folder)
            start.Environment["LD_LIBRARY_PATH"] = folder;
        return start;
    }

    private static async Task<Finished> Finish(Process process, CancellationToken stop)
    {
        var stdout = process.StandardOutput.ReadToEndAsync(stop);
        var stderr = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return new Finished(process.ExitCode, await stdout, await stderr);
    }

    private static IReadOnlyList<ModelInfo> ReadList() =>
        ModelList.FromJson(Task.Run(() => Run("--list")).GetAwaiter().GetResult().Stdout);
}

/// <summary>What a process that ended left behind.</summary>
internal sealed record Finished(int ExitCode, string Stdout, string Stderr);
