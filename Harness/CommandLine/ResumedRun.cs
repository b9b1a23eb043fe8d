using System.CommandLine;
using System.Text.Json;
using C10k.CommandLine;
using C10k.Harness.Recording;
using C10k.Harness.Results;

namespace C10k.Harness.CommandLine;

/// <summary>A run that was broken off, and is gone on with: it has the options that it was started with, and its folder.</summary>
internal sealed record ResumedRun(
    ResultsFolder Folder,
    ParseResult Options,
    int Seed,
    string BenchVersion,
    string? Commit
)
{
    /// <exception cref="UsageException">There is no such run.</exception>
    public static ResumedRun Open(string path, RootCommand root)
    {
        var file = Path.Combine(path, "environment.json");
        if (!File.Exists(file))
            throw new UsageException($"--resume {path}: there is no environment.json: name a folder under results/");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            var run = json.RootElement;
            string[] arguments = [.. run.GetProperty("arguments").EnumerateArray().Select(word => word.GetString()!)];
            var options = root.Parse(arguments);
            if (options.Errors.Count > 0)
                throw new UsageException($"--resume {path}: {options.Errors[0].Message}");
            RequireRun(options.CommandResult.Command, path);
            return new ResumedRun(
                ResultsFolder.At(path),
                options,
                run.GetProperty("seed").GetInt32(),
                run.GetProperty("bench_version").GetString()!,
                run.GetProperty("commit").GetString()
            );
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--resume {path}: {refused.Message}");
        }
        catch (Exception wrong)
            when (wrong is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"--resume {path}: environment.json does not tell how the run was started");
        }
    }

    // The options of other commands are not a run's: with them it would be every model that goes on.
    private static void RequireRun(Command command, string path)
    {
        if (command is not RootCommand && command.Name != "run")
            throw new UsageException(
                $"--resume {path}: holds what '{command.Name}' found, and only a run can be gone on with: start it again"
            );
    }

    /// <summary>What would make the rest of the run another one than its beginning; null where nothing does.</summary>
    public string? Warning(RunEnvironment now) =>
        (now.BenchVersion, now.Commit) == (BenchVersion, Commit)
            ? null
            : $"the run was begun with version {BenchVersion} ({Commit}) and goes on with {now.BenchVersion} ({now.Commit})";
}
