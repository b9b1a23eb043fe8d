using C10k.Tests.Harness;
using Xunit;

namespace C10k.Tests.Support;

/// <summary>
/// A file that was found good before. After a change that is meant, run the tests once with <c>C10K_UPDATE_GOLDEN=1</c>, look at the
/// new files, and commit them.
/// </summary>
internal static class GoldenFile
{
    /// <param name="path">Below the folder Tests.</param>
    public static void Check(string path, string actual)
    {
        var golden = RepositoryRoot.File("Tests", path);
        if (Environment.GetEnvironmentVariable("C10K_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            File.WriteAllText(golden, actual);
        }
        Assert.Equal(File.ReadAllText(golden), actual);
    }
}
