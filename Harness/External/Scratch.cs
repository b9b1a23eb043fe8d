using C10k.Harness.Trials;
using C10k.Linux;

namespace C10k.Harness.External;

/// <summary>
/// A folder for the files of a foreign server, below the temporary one. As long as it is in use its owner holds a lock in it, and the
/// kernel ends that with the owner, whatever ended him: so each new one can tell what others left behind, and removes it.
/// </summary>
internal sealed class Scratch : IDisposable
{
    private const string Prefix = "c10k-server-";
    private const string InUse = ".in-use";
    private const int Attempts = 3;
    private const UnixFileMode ReadByAll =
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly string _folder;
    private readonly FileStream _claim;

    private Scratch(string folder, FileStream claim)
    {
        (_folder, _claim) = (folder, claim);
        // Servers that are started as root become other users, who have to read their files.
        Share(folder);
        Share(Directory.CreateDirectory(Files).FullName);
    }

    /// <summary>Where the server's files are.</summary>
    public string Files => FilesIn(_folder);

    /// <exception cref="TrialException">None can be made.</exception>
    public static Scratch Make()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                RemoveLeft();
                var folder = Directory.CreateTempSubdirectory(Prefix).FullName;
                return new Scratch(folder, Claim(folder, FileMode.CreateNew));
            }
            // Somebody else may have taken the new folder for one that was left, until we had our lock.
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                if (attempt == Attempts)
                    throw new TrialException($"no folder for the server's files could be made: {failure.Message}");
            }
        }
    }

    public void Dispose()
    {
        try
        {
            Remove(_folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody else cleans up there, or still writes: what is left, the next one removes.
        }
        finally
        {
            _claim.Dispose();
        }
    }

    private static void RemoveLeft()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            if (Syscall.IsOurFolder(folder))
                TryRemove(folder);
        }
    }

    private static void TryRemove(string folder)
    {
        try
        {
            // Without a lock it is empty: its owner came no further, or is about to take it, and then makes another one.
            if (!File.Exists(Path.Combine(folder, InUse)))
            {
                Directory.Delete(folder);
                return;
            }
            using var claim = Claim(folder, FileMode.Open);
            Remove(folder);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // It is not for us to remove, or somebody else did.
        }
    }

    // The lock goes last, so that whoever is killed meanwhile leaves what the next one can tell.
    private static void Remove(string folder)
    {
        if (Directory.Exists(FilesIn(folder)))
            Directory.Delete(FilesIn(folder), recursive: true);
        Directory.Delete(folder, recursive: true);
    }

    // Nobody else gets it as long as this is open, see flock(2).
    private static FileStream Claim(string folder, FileMode mode) =>
        new(Path.Combine(folder, InUse), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private static string FilesIn(string folder) => Path.Combine(folder, "files");

    private static void Share(string folder)
    {
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | ReadByAll);
    }
}
