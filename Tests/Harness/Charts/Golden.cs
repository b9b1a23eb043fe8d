using Xunit;

namespace C10k.Tests.Harness.Charts;

/// <summary>
/// Compares with what was found good before. After a change that is meant, run the tests once with
/// <c>C10K_UPDATE_GOLDEN=1</c>, look at the new files, and commit them.
/// </summary>
internal static class Golden
{
    public static void Check(string name, string actual)
    {
        string path = RepositoryRoot.File("Tests", "Harness", "Charts", "Golden", name);
        if (Environment.GetEnvironmentVariable("C10K_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
