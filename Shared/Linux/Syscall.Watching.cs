using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>Looking at other processes: their CPU clock, and the files and directories of proc(5), without a string for each.</summary>
public static unsafe partial class Syscall
{
    /// <summary>The CPU time that a process has used, in user and kernel mode, ended threads included. Anyone may ask for any process.</summary>
    /// <returns>False when there is no such process.</returns>
    public static bool TryGetCpuTime(int processId, out TimeSpan used)
    {
        timespec time;
        var found = Time.clock_gettime(Time.ProcessClock(processId), &time) == 0;
        used = found ? new TimeSpan(time.tv_sec * TimeSpan.TicksPerSecond + time.tv_nsec / 100) : default;
        return found;
    }

    /// <summary>Opens a file for reading, closed on exec: its descriptor, or minus errno.</summary>
    /// <param name="path">Ends with a zero byte.</param>
    public static int OpenToRead(ReadOnlySpan<byte> path)
    {
        RequireZeroTerminated(path);
        fixed (byte* at = path)
        {
            var descriptor = Fcntl.open(at, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
            return descriptor >= 0 ? descriptor : -(int)LastErrno();
        }
    }

    /// <summary>The size of a file. That of /proc/PID/fd is the number of open descriptors since Linux 6.2, and 0 before.</summary>
    /// <param name="path">Ends with a zero byte.</param>
    /// <param name="size">0 where it cannot be told.</param>
    /// <returns>ENOENT when there is no such file (any more).</returns>
    public static Errno SizeOf(ReadOnlySpan<byte> path, out long size)
    {
        RequireZeroTerminated(path);
        statx found = default;
        fixed (byte* at = path)
        {
            var failed = Stat.statx(Stat.AT_FDCWD, at, 0, Stat.STATX_SIZE, &found) != 0;
            size = failed ? 0 : (long)found.stx_size;
            return failed ? LastErrno() : Errno.None;
        }
    }

    /// <summary>Adds the names in a directory that are decimal numbers: the processes of /proc, the threads of /proc/PID/task.</summary>
    /// <param name="path">Ends with a zero byte.</param>
    /// <param name="numbers">The numbers are added to what it holds.</param>
    /// <returns>False when the directory does not exist (any more) or may not be read.</returns>
    public static bool TryListNumbers(ReadOnlySpan<byte> path, List<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        RequireZeroTerminated(path);
        nint directory;
        fixed (byte* at = path)
            directory = Dirent.opendir(at);
        if (directory == 0)
            return false;
        byte* entry;
        while ((entry = Dirent.readdir(directory)) != null)
            AddIfNumber(entry + Dirent.d_name, numbers);
        _ = Dirent.closedir(directory);
        return true;
    }

    private static void AddIfNumber(byte* name, List<int> numbers)
    {
        var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        if (Utf8Parser.TryParse(text, out int number, out var consumed) && consumed == text.Length)
            numbers.Add(number);
    }

    // A path that runs on into whatever stands behind it in memory would be a bug nobody finds.
    private static void RequireZeroTerminated(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path[^1] != 0)
            throw new ArgumentException("The path must end with a zero byte.", nameof(path));
    }
}
