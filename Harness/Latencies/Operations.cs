using System.Globalization;

namespace C10k.Harness.Latencies;

/// <summary>What is timed, from what a CPU does at every tick to what waits for a disk.</summary>
internal static class Operations
{
    /// <param name="folder">Where the disk is tried: the folder for the results.</param>
    public static IReadOnlyList<Operation> Of(string folder)
    {
        DiskBenchmarks.Folder = folder;
        return
        [
            Create<CycleBenchmark>(
                "cycle",
                "CPU cycle",
                "an addition that waits for the one before it",
                nameof(CycleBenchmark.Cycle)
            ),
            Cache("l1", "first-level cache", CacheLevel.L1, nameof(MemoryBenchmarks.L1)),
            Cache("l2", "second-level cache", CacheLevel.L2, nameof(MemoryBenchmarks.L2)),
            Cache("l3", "third-level cache", CacheLevel.L3, nameof(MemoryBenchmarks.L3)),
            Cache("memory", "memory", CacheLevel.Memory, nameof(MemoryBenchmarks.Memory)),
            Create<CoroutineBenchmarks>(
                "iterator-switch",
                "coroutine switch, iterator",
                "MoveNext of a method that yields: into it and out again",
                nameof(CoroutineBenchmarks.Iterator)
            ),
            Create<KernelBenchmarks>(
                "system-call",
                "system call",
                "getppid(2), the least a kernel can do",
                nameof(KernelBenchmarks.SystemCall)
            ),
            Create<CoroutineBenchmarks>(
                "task-yield",
                "coroutine switch, Task.Yield",
                "await Task.Yield(): through the queue of the thread pool and back",
                nameof(CoroutineBenchmarks.TaskYield)
            ),
            Create<ThreadSwitchBenchmark>(
                "thread-switch",
                "thread switch",
                "one thread wakes another on the same CPU and goes to sleep itself: a write, a switch, a read (eventfd)",
                nameof(ThreadSwitchBenchmark.ThereAndBack)
            ),
            Readiness("epoll", nameof(ReadinessBenchmarks.Epoll)),
            Readiness("poll", nameof(ReadinessBenchmarks.Poll)),
            Readiness("select", nameof(ReadinessBenchmarks.Select)),
            Create<LoopbackBenchmark>(
                "loopback-round-trip",
                "loopback round trip",
                "a byte over TCP to a thread that waits for it, and back",
                nameof(LoopbackBenchmark.RoundTrip)
            ),
            Create<CreationBenchmarks>(
                "thread-creation",
                "thread creation",
                "a thread with a stack of 64 KiB: started, ended, joined",
                nameof(CreationBenchmarks.StartThread)
            ),
            Create<CreationBenchmarks>(
                "process-creation",
                "process creation",
                "a program that does nothing (true): posix_spawn(3), its end, waitpid(2)",
                nameof(CreationBenchmarks.StartProcess),
                CreationBenchmarks.WhyNoProcess
            ),
            Create<DiskBenchmarks>(
                "disk-read",
                "disk read",
                "4 KiB from a random place of a file, past the page cache (O_DIRECT)",
                nameof(DiskBenchmarks.Read),
                DiskBenchmarks.WhyNot
            ),
            Create<DiskBenchmarks>(
                "fsync",
                "fsync",
                "4 KiB written and known to be on the disk (fsync(2))",
                nameof(DiskBenchmarks.Sync),
                DiskBenchmarks.WhyNot
            ),
        ];
    }

    private static Operation Create<T>(string id, string title, string meaning, string method, string? whyNot = null) =>
        new(id, title, meaning, typeof(T), method, whyNot);

    private static Operation Cache(string id, string title, CacheLevel level, string method)
    {
        var bytes = CacheSizes.Here.Reach(level);
        return Create<MemoryBenchmarks>(
            id,
            title,
            bytes is null
                ? "a load whose address comes from the load before it"
                : $"a load whose address comes from the load before it, at random within {Size(bytes.Value)}",
            method,
            bytes is null ? "the kernel does not tell of such a cache (/sys/devices/system/cpu/cpu0/cache)" : null
        );
    }

    private static Operation Readiness(string call, string method) =>
        Create<ReadinessBenchmarks>(
            $"readiness-{call}",
            $"readiness call, {call}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{call} asks about {ReadinessBenchmarks.Descriptors:N0} idle TCP sockets, none of which is ready"
            ),
            method
        );

    private static string Size(long bytes) => bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB";
}
