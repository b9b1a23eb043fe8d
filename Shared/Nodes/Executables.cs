namespace C10k.Nodes;

/// <summary>Finds programs: those of the bench stand beside the Harness or each in its own folder of the build output, others on the PATH.</summary>
internal static class Executables
{
    /// <exception cref="FileNotFoundException">It was not built.</exception>
    public static string Find(string name)
    {
        var here = AppContext.BaseDirectory;
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(here));
        string[] places =
        [
            Path.Combine(here, name),
            Path.GetFullPath(Path.Combine(here, "..", "..", name, configuration, name)),
        ];
        return places.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"{name} was not found at {places[1]}: build it with dotnet build Bench.sln"
            );
    }

    /// <summary>Where a program of the system stands on the PATH; null where it is not installed.</summary>
    public static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
