using C10k.CommandLine;
using C10k.Harness.Planning;
using C10k.Nodes;

namespace C10k.Harness.External;

/// <summary>Sees to it, before anything is measured, that foreign servers can be started: looks for what they need, and builds them.</summary>
internal static class Preparation
{
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(10);

    /// <summary>The same models; those that cannot run here say why.</summary>
    /// <param name="tell">Told of each build, which may take its time.</param>
    public static IReadOnlyList<ModelVariant> Prepare(IReadOnlyList<ModelVariant> models, Action<string> tell) =>
        [
            .. models.Select(model =>
                model.Server is { } server ? With(model, WhyNot(server) ?? Build(server, tell)) : model
            ),
        ];

    /// <summary>The same model; it says what it lacks on this machine. Nothing is built.</summary>
    public static ModelVariant Check(ModelVariant model) =>
        model.Server is { } server ? With(model, WhyNot(server)) : model;

    private static ModelVariant With(ModelVariant model, string? unavailable) =>
        model with
        {
            Info = model.Info with { Unavailable = unavailable },
        };

    // The first thing that is missing, by its name; null where all is there.
    private static string? WhyNot(ServerDefinition server)
    {
        if (server.Requires.FirstOrDefault(requirement => !IsMet(requirement, server)) is { } missing)
            return $"needs {missing.Name}, which is not installed"
                + (missing.Install.Length > 0 ? $": {missing.Install}" : "");
        if (server.Build?.Command[0] is { } builder && !IsThere(server, builder))
            return $"needs {builder} to be built, which is not installed";
        return server.Build is not null || IsThere(server, server.Command[0])
            ? null
            : $"needs {server.Command[0]}, which is not installed";
    }

    private static bool IsMet(Requirement requirement, ServerDefinition server) =>
        requirement.Check.Count > 0
            ? Run(server, requirement.Check, CheckLimit).Succeeded
            : Executables.OnPath(requirement.Name) is not null;

    private static bool IsThere(ServerDefinition server, string program) =>
        program.Contains('/') ? File.Exists(server.Locate(program)) : Executables.OnPath(program) is not null;

    private static string? Build(ServerDefinition server, Action<string> tell)
    {
        if (server.Build is not { } build || IsBuilt(server, build))
            return null;
        tell($"building {server.Name}: {string.Join(' ', build.Command)}");
        var result = Run(server, build.Command, BuildLimit);
        var output = Path.Combine(server.Folder, build.Output);
        if (!result.Succeeded)
            return $"could not be built: {LineThatTells(result.Output)}";
        if (!File.Exists(output))
            return $"could not be built: {string.Join(' ', build.Command)} made no {build.Output}";
        // Builders keep the times of what they copy: the output may look older than what lies beside it.
        File.SetLastWriteTimeUtc(output, DateTime.UtcNow);
        return null;
    }

    private static ToolResult Run(ServerDefinition server, IReadOnlyList<string> command, TimeSpan limit) =>
        Tool.Run([server.Locate(command[0]), .. command.Skip(1)], server.Folder, limit);

    private static bool IsBuilt(ServerDefinition server, BuildStep build)
    {
        var output = new FileInfo(Path.Combine(server.Folder, build.Output));
        return output.Exists
            && !new DirectoryInfo(server.Folder)
                .EnumerateFiles()
                .Any(file => file.LastWriteTimeUtc > output.LastWriteTimeUtc);
    }

    // Compilers say "error" where it went wrong; else the last line tells most.
    private static string LineThatTells(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase));
        line ??= lines.LastOrDefault() ?? "it said nothing";
        return Printable.Line(line.Length <= 300 ? line : line[..300]);
    }
}
