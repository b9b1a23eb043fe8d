using System.Text;

namespace C10k.Linux;

/// <summary>Files and memory, where .NET does not say it all.</summary>
public static unsafe partial class Syscall
{
    /// <summary>
    /// Opens a file so that reads go past the page cache (O_DIRECT). They must begin and end at multiples of the block size, in the file
    /// and in memory.
    /// </summary>
    /// <exception cref="SystemCallException">EINVAL: the file system has no such reads.</exception>
    public static int OpenPastCache(string path)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            return Required("open", Fcntl.open(name, Fcntl.O_RDONLY | Fcntl.O_DIRECT | Fcntl.O_CLOEXEC));
    }

    /// <summary>
    /// Whether this is a folder, not a link to one, that belongs to our user and that nobody else may write into: what is in it, we put
    /// there.
    /// </summary>
    public static bool IsOurFolder(string path)
    {
        statx status;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (Stat.statx(Stat.AT_FDCWD, name, Stat.AT_SYMLINK_NOFOLLOW, Stat.STATX_BASIC_STATS, &status) != 0)
                return false;
        }
        return (status.stx_mode & Stat.S_IFMT) == Stat.S_IFDIR
            && status.stx_uid == Unistd.geteuid()
            && (status.stx_mode & (Stat.S_IWGRP | Stat.S_IWOTH)) == 0;
    }

    /// <summary>Asks for huge pages, before the memory is touched. The kernel may have none, and then it has those of the usual size.</summary>
    /// <param name="memory">A multiple of the page size.</param>
    /// <param name="bytes">How much of it.</param>
    public static void PreferHugePages(void* memory, long bytes) =>
        _ = Mman.madvise(memory, (nuint)bytes, Mman.MADV_HUGEPAGE);
}
