namespace C10k.Tests.Harness;

/// <summary>The folder that holds the solution, found upwards from the test assembly.</summary>
internal static class RepositoryRoot
{
    public static string FullPath { get; } = Find(AppContext.BaseDirectory);

    public static string File(params string[] parts) => Path.Combine([FullPath, .. parts]);

    private static string Find(string folder) =>
        System.IO.File.Exists(Path.Combine(folder, "Bench.sln"))
            ? folder
            : Find(
                Path.GetDirectoryName(folder)
                    ?? throw new DirectoryNotFoundException("no Bench.sln above the test assembly")
            );
}
