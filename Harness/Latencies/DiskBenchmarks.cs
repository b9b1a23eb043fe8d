using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using C10k.Linux;
using Microsoft.Win32.SafeHandles;

namespace C10k.Harness.Latencies;

/// <summary>The disk under the folder for the results, in blocks of 4 KiB.</summary>
public unsafe class DiskBenchmarks
{
    private const int BlockBytes = 4096;
    private const int Blocks = 16_384;

    private readonly Random _random = new(42);
    private readonly byte* _block = (byte*)NativeMemory.AlignedAlloc(BlockBytes, BlockBytes);
    private SafeFileHandle? _file;

    /// <summary>Where the file lies that is read and written; it has no name any more while it is used.</summary>
    public static string Folder { get; set; } = "";

    /// <summary>Why there is no disk to time; null where there is.</summary>
    public static string? WhyNot =>
        new DriveInfo(Folder).DriveFormat is var format && format is "tmpfs" or "ramfs"
            ? $"{Folder} is on {format}, which is no disk: name a folder on one with --output"
            : null;

    /// <summary>Writes a file and opens it so that reads go past the page cache.</summary>
    [GlobalSetup(Target = nameof(Read))]
    public void Fill()
    {
        var path = NewPath();
        try
        {
            using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
            {
                var content = new byte[1 << 20];
                for (var at = 0L; at < (long)Blocks * BlockBytes; at += content.Length)
                {
                    _random.NextBytes(content);
                    RandomAccess.Write(file, content, at);
                }
                RandomAccess.FlushToDisk(file);
            }
            _file = new SafeFileHandle(Syscall.OpenPastCache(path), ownsHandle: true);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Opens an empty file.</summary>
    [GlobalSetup(Target = nameof(Sync))]
    public void Create()
    {
        var path = NewPath();
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        File.Delete(path);
    }

    /// <summary>A block that no cache of this machine holds.</summary>
    [Benchmark]
    public int Read() =>
        RandomAccess.Read(_file!, new Span<byte>(_block, BlockBytes), (long)_random.Next(Blocks) * BlockBytes);

    /// <summary>A block, on the disk when it returns.</summary>
    [Benchmark]
    public void Sync()
    {
        RandomAccess.Write(_file!, new ReadOnlySpan<byte>(_block, BlockBytes), 0);
        RandomAccess.FlushToDisk(_file!);
    }

    /// <summary>Closes the file, which removes it.</summary>
    [GlobalCleanup]
    public void Close()
    {
        _file?.Dispose();
        NativeMemory.AlignedFree(_block);
    }

    private static string NewPath() => Path.Combine(Folder, $".disk-{Environment.ProcessId}");
}
