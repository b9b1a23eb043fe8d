using C10k.Harness.Latencies;
using Xunit;

namespace C10k.Tests.Harness.Latencies;

public sealed class CacheSizesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Loads_are_spread_within_a_cache_and_beyond_the_one_before_it()
    {
        Put("index0", "1", "Data", "32K");
        Put("index1", "1", "Instruction", "64K");
        Put("index2", "2", "Unified", "1024K");
        Put("index3", "3", "Unified", "32768K");
        Assert.Equal([16L << 10, 512L << 10, 8L << 20, 128L << 20], Reaches());
    }

    [Fact]
    public void A_cache_that_the_kernel_does_not_tell_of_is_not_timed()
    {
        Put("index0", "1", "Data", "48K");
        Assert.Equal([24L << 10, null, null, 64L << 20], Reaches());
        Assert.Null(CacheSizes.Read(_folder["nothing"]).Reach(CacheLevel.L1));
    }

    [Fact]
    public void However_large_the_last_cache_is_no_more_than_a_gibibyte_is_taken()
    {
        Put("index3", "3", "Unified", "524288K");
        Assert.Equal(1L << 30, CacheSizes.Read(_folder.FullPath).Reach(CacheLevel.Memory));
    }

    private List<long?> Reaches() => [.. Enum.GetValues<CacheLevel>().Select(CacheSizes.Read(_folder.FullPath).Reach)];

    private void Put(string index, string level, string type, string size)
    {
        Directory.CreateDirectory(_folder[index]);
        foreach (var (name, text) in new[] { ("level", level), ("type", type), ("size", size) })
            File.WriteAllText(Path.Combine(_folder[index], name), text + "\n");
    }
}
