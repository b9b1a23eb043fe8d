using System.Globalization;

namespace C10k.Harness.Latencies;

/// <summary>Where a load finds its bytes.</summary>
internal enum CacheLevel
{
    L1 = 1,
    L2 = 2,
    L3 = 3,
    Memory = 4,
}

/// <summary>The caches of the first CPU, in bytes; those that the kernel does not tell of are absent. See sysfs, cpu/cpuN/cache.</summary>
internal sealed class CacheSizes(IReadOnlyDictionary<int, long> byLevel)
{
    private const long LeastMemory = 64L << 20;
    private const long MostMemory = 1L << 30;

    public static CacheSizes Here { get; } = Read("/sys/devices/system/cpu/cpu0/cache");

    public static CacheSizes Read(string folder)
    {
        var sizes = new Dictionary<int, long>();
        foreach (var index in Directory.Exists(folder) ? Directory.GetDirectories(folder, "index*") : [])
        {
            if (Line(index, "type") is not "Instruction" && int.TryParse(Line(index, "level"), out var level))
                sizes[level] = Bytes(Line(index, "size"));
        }
        return new CacheSizes(sizes.Where(pair => pair.Value > 0).ToDictionary());
    }

    /// <summary>
    /// Within how many bytes loads must be spread to be answered by a level and by none before it; null where there is no such cache. Of
    /// the last cache a quarter, because others share it.
    /// </summary>
    public long? Reach(CacheLevel level) =>
        level == CacheLevel.Memory ? Math.Clamp(4 * byLevel.Values.DefaultIfEmpty(0).Max(), LeastMemory, MostMemory)
        : !byLevel.TryGetValue((int)level, out var bytes) ? null
        : level == CacheLevel.L3 ? bytes / 4
        : bytes / 2;

    private static string? Line(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    // Written as 32K or 36608K.
    private static long Bytes(string? size) =>
        size is [.. var digits, 'K']
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes << 10
            : 0;
}
