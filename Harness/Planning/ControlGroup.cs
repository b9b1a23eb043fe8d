using System.Globalization;

namespace C10k.Harness.Planning;

/// <summary>
/// What the control groups of this process allow: containers and service managers bound programs by them. Each bound is the tightest on
/// the way from our own group to the root; null where there is none. Both versions are read, see cgroups(7).
/// </summary>
internal sealed record ControlGroup
{
    // Version 1 says "no bound" with the greatest number of pages.
    private const long AsGoodAsUnbounded = long.MaxValue / 2;

    /// <summary>Threads and processes together (<c>pids.max</c>).</summary>
    public long? Tasks { get; init; }

    /// <summary>Those that there are already in the group that sets that bound.</summary>
    public long TasksInUse { get; init; }

    /// <summary>Memory that the group can still have (<c>memory.max</c>), in KiB: caches that the kernel would give up are not counted as used.</summary>
    public long? MemoryKb { get; init; }

    /// <summary>CPU seconds a second (<c>cpu.max</c>).</summary>
    public double? Cpus { get; init; }

    /// <param name="mount">Where the groups are mounted.</param>
    /// <param name="membership">The file that tells to which of them we belong.</param>
    public static ControlGroup Read(string mount = "/sys/fs/cgroup", string membership = "/proc/self/cgroup")
    {
        var groups = new Groups(mount, Lines(membership));
        var tasks = groups.Of("pids").Select(TasksIn).Where(found => found.Limit is not null).ToList();
        var (limit, inUse) = tasks.DefaultIfEmpty().MinBy(found => found.Limit - found.InUse);
        return new ControlGroup
        {
            Tasks = limit,
            TasksInUse = inUse,
            MemoryKb = groups.Of("memory").Select(MemoryLeftIn).Min() / 1024,
            Cpus = groups.Of("cpu").Select(CpusIn).Min(),
        };
    }

    private static (long? Limit, long InUse) TasksIn(string folder) =>
        (Number($"{folder}/pids.max"), Number($"{folder}/pids.current") ?? 0);

    private static long? MemoryLeftIn(string folder)
    {
        var limit = Number($"{folder}/memory.max") ?? Number($"{folder}/memory.limit_in_bytes");
        if (limit is null or > AsGoodAsUnbounded)
            return null;
        var used = Number($"{folder}/memory.current") ?? Number($"{folder}/memory.usage_in_bytes") ?? 0;
        return Math.Max(0, limit.Value - used + Cache($"{folder}/memory.stat"));
    }

    private static long Cache(string path) =>
        Lines(path)
            .Select(line => line.Split(' '))
            .Where(words => words is ["inactive_file" or "total_inactive_file", _])
            .Select(words => ToNumber(words[1]) ?? 0)
            .DefaultIfEmpty()
            .Max();

    private static double? CpusIn(string folder)
    {
        var words = Lines($"{folder}/cpu.max").FirstOrDefault()?.Split(' ');
        var quota = words is [var first, _] ? ToNumber(first) : Number($"{folder}/cpu.cfs_quota_us");
        var period = words is [_, var second] ? ToNumber(second) : Number($"{folder}/cpu.cfs_period_us");
        return quota > 0 && period > 0 ? (double)quota / period : null;
    }

    private static long? Number(string path) => ToNumber(Lines(path).FirstOrDefault());

    // "max" is no number, and no bound.
    private static long? ToNumber(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The folders of our groups, from our own to the root.</summary>
    private sealed class Groups(string mount, string[] membership)
    {
        public IEnumerable<string> Of(string controller)
        {
            var memberships = membership.Select(line => line.Split(':', 3)).Where(words => words.Length == 3).ToList();
            var own = memberships.Find(words => words[1].Split(',').Contains(controller));
            if (own is not null)
                return UpFrom(Path.Combine(mount, own[1]), own[2]);
            return memberships.Find(words => words[1].Length == 0) is { } unified ? UpFrom(mount, unified[2]) : [];
        }

        // Seen from within a container, the upper part of the path may not exist; then the root is the container's own group.
        private static IEnumerable<string> UpFrom(string root, string path)
        {
            for (var rest = path.Trim('/'); rest.Length > 0; rest = Path.GetDirectoryName(rest) ?? "")
                yield return Path.Combine(root, rest);
            yield return root;
        }
    }
}
