using C10k.CommandLine;

namespace C10k.Harness.Results;

/// <summary>Keeps a second run out of a folder for as long as one writes there. Whatever ends that one, the kernel ends its claim.</summary>
internal sealed class FolderClaim : IDisposable
{
    // What flock(2) says of a lock that somebody else holds, EWOULDBLOCK, and .NET hands on.
    private const int HeldByOthers = 11;

    private readonly FileStream _file;

    private FolderClaim(FileStream file) => _file = file;

    /// <exception cref="UsageException">Another run writes there, or nobody may.</exception>
    public static FolderClaim Take(ResultsFolder folder)
    {
        var path = Path.Combine(folder.FullPath, ".running");
        try
        {
            return new FolderClaim(
                new FileStream(
                    path,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    1,
                    FileOptions.DeleteOnClose
                )
            );
        }
        catch (IOException taken) when (taken.HResult == HeldByOthers)
        {
            throw new UsageException(
                $"another run writes into {folder.FullPath}: wait for its end, or name another folder with --output"
            );
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"no results can be put into {folder.FullPath}: {refused.Message}");
        }
    }

    public void Dispose() => _file.Dispose();
}
