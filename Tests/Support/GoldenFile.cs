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
        var golden = Prepare(path, golden => File.WriteAllText(golden, actual));
        Assert.Equal(File.ReadAllText(golden), actual);
    }

    /// <summary>The same of a file, to the byte: a mark at its beginning that decoding would hide is a difference, too.</summary>
    /// <param name="path">Below the folder Tests.</param>
    /// <param name="file">What was written.</param>
    public static void CheckBytes(string path, string file)
    {
        var golden = Prepare(path, golden => File.Copy(file, golden, overwrite: true));
        // Where the text differs already, that is easier to read.
        Assert.Equal(File.ReadAllText(golden), File.ReadAllText(file));
        Assert.Equal(File.ReadAllBytes(golden), File.ReadAllBytes(file));
    }

    private static string Prepare(string path, Action<string> update)
    {
        var golden = RepositoryRoot.File("Tests", path);
        if (Environment.GetEnvironmentVariable("C10K_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            update(golden);
        }
        return golden;
    }
}
