using System.Text.Unicode;
using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>
/// Reads proc(5) into one buffer, which the next read overwrites: at 10,000 threads a string for each path and each line would
/// cost more than the kernel does. What is false here is gone: processes and threads end at any time.
/// </summary>
internal sealed class ProcReader
{
    private readonly byte[] _path = new byte[64];
    private readonly List<int> _numbers = [];
    private byte[] _text = new byte[16 * 1024];

    /// <summary>Reads /proc/PID/file.</summary>
    public bool TryRead(int pid, ReadOnlySpan<byte> file, out ReadOnlySpan<byte> text)
    {
        Utf8.TryWrite(_path, $"/proc/{pid}/{file}\0", out var length);
        return TryRead(length, out text);
    }

    /// <summary>Reads /proc/PID/task/THREAD/file.</summary>
    public bool TryRead(int pid, int thread, ReadOnlySpan<byte> file, out ReadOnlySpan<byte> text)
    {
        Utf8.TryWrite(_path, $"/proc/{pid}/task/{thread}/{file}\0", out var length);
        return TryRead(length, out text);
    }

    /// <summary>Adds the numbers of all processes of the machine.</summary>
    public static bool TryListProcesses(List<int> processes) => Syscall.TryListNumbers("/proc\0"u8, processes);

    /// <summary>Adds the numbers of the threads of a process.</summary>
    public bool TryListThreads(int pid, List<int> threads)
    {
        Utf8.TryWrite(_path, $"/proc/{pid}/task\0", out var length);
        return Syscall.TryListNumbers(_path.AsSpan(0, length), threads);
    }

    /// <summary>How many descriptors a process has open: 0 when it has ended, null when that may not be seen.</summary>
    public int? CountDescriptors(int pid)
    {
        Utf8.TryWrite(_path, $"/proc/{pid}/fd\0", out var length);
        var folder = _path.AsSpan(0, length);
        if (Syscall.SizeOf(folder, out var size) == Errno.ENOENT)
            return 0;
        if (size > 0)
            return (int)size;
        // A kernel before 6.2 does not say how many there are.
        _numbers.Clear();
        return Syscall.TryListNumbers(folder, _numbers) ? _numbers.Count : null;
    }

    private bool TryRead(int pathLength, out ReadOnlySpan<byte> text)
    {
        text = default;
        var descriptor = Syscall.OpenToRead(_path.AsSpan(0, pathLength));
        if (descriptor < 0)
            return false;
        var length = ReadToEnd(descriptor);
        Syscall.Close(descriptor);
        text = _text.AsSpan(0, Math.Max(length, 0));
        return length >= 0;
    }

    // The kernel may hand out a long file in several pieces; only a read of nothing is the end.
    private int ReadToEnd(int descriptor)
    {
        var length = 0;
        while (true)
        {
            var read = Syscall.Read(descriptor, _text.AsSpan(length));
            if (!read.Moved)
                return read.Ended ? length : -1;
            length += read.Result;
            if (length == _text.Length)
                Array.Resize(ref _text, 2 * _text.Length);
        }
    }
}
