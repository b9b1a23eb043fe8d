using C10k.Harness.Planning;
using Xunit;

namespace C10k.Tests.Harness.Planning;

/// <summary>The bounds of containers, in folders laid out as the kernel lays them out.</summary>
public sealed class ControlGroupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_tightest_bound_on_the_way_to_the_root_counts()
    {
        Write("groups/a/b/pids.max", "max");
        Write("groups/a/b/pids.current", "7");
        Write("groups/a/pids.max", "500");
        Write("groups/a/pids.current", "120");
        Write("groups/a/b/memory.max", "1073741824");
        Write("groups/a/b/memory.current", "536870912");
        Write("groups/a/b/memory.stat", "anon 1\ninactive_file 268435456\nactive_file 5");
        Write("groups/a/memory.max", "2147483648");
        Write("groups/a/memory.current", "600000000");
        Write("groups/a/b/cpu.max", "150000 100000");
        Write("groups/a/cpu.max", "max 100000");
        Assert.Equal(
            new ControlGroup
            {
                Tasks = 500,
                TasksInUse = 120,
                MemoryKb = 786_432,
                Cpus = 1.5,
            },
            Read("0::/a/b")
        );
    }

    [Fact]
    public void Version_1_has_a_folder_for_each_kind()
    {
        Write("groups/pids/docker/x/pids.max", "100");
        Write("groups/pids/docker/x/pids.current", "3");
        Write("groups/memory/memory.limit_in_bytes", "9223372036854771712");
        Write("groups/memory/docker/x/memory.limit_in_bytes", "104857600");
        Write("groups/memory/docker/x/memory.usage_in_bytes", "52428800");
        Write("groups/memory/docker/x/memory.stat", "inactive_file 0\ntotal_inactive_file 10485760");
        Write("groups/cpu,cpuacct/docker/x/cpu.cfs_quota_us", "50000");
        Write("groups/cpu,cpuacct/docker/x/cpu.cfs_period_us", "100000");
        Assert.Equal(
            new ControlGroup
            {
                Tasks = 100,
                TasksInUse = 3,
                MemoryKb = 61_440,
                Cpus = 0.5,
            },
            Read("5:cpu,cpuacct:/docker/x\n4:memory:/docker/x\n2:pids:/docker/x\n0::/")
        );
    }

    [Fact]
    public void A_path_that_does_not_exist_in_here_leaves_the_root()
    {
        Write("groups/pids.max", "64");
        Write("groups/pids.current", "4");
        Assert.Equal(new ControlGroup { Tasks = 64, TasksInUse = 4 }, Read("0::/system.slice/docker-abc.scope"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("0::/")]
    [InlineData("0::/a/../../..")]
    public void Without_bounds_there_are_none(string membership) => Assert.Equal(new ControlGroup(), Read(membership));

    [Theory]
    [InlineData("-1", "100000")]
    [InlineData("0", "100000")]
    [InlineData("50000", "0")]
    [InlineData("x", "y")]
    public void A_quota_that_is_none_bounds_nothing(string quota, string period)
    {
        Write("groups/cpu/cpu.cfs_quota_us", quota);
        Write("groups/cpu/cpu.cfs_period_us", period);
        Assert.Null(Read("1:cpu:/").Cpus);
    }

    private ControlGroup Read(string membership)
    {
        File.WriteAllText(_folder["membership"], membership);
        return ControlGroup.Read(_folder["groups"], _folder["membership"]);
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllText(_folder[path], text + "\n");
    }
}
