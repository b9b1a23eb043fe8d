namespace C10k.Harness.Planning;

/// <summary>Where the executables of the bench stand: beside the Harness, or each in its own folder of the build output.</summary>
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
}
