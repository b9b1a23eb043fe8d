using System.Diagnostics;
using System.Globalization;
using C10k.Linux;
using C10k.Nodes.Collecting;

namespace C10k.Nodes.Processes;

/// <summary>
/// Descendants that outlived their parents, as a program does that makes itself a daemon: it leaves its process group, so that nothing
/// that is sent to the group reaches it. The kernel makes them children of this process.
/// </summary>
internal static class Orphans
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>From now on they become children of this process.</summary>
    public static void Adopt() => Syscall.AdoptOrphans();

    /// <summary>Kills them, and what becomes an orphan by that, until there are none.</summary>
    /// <param name="isOrphan">False for children that are somebody else's affair: the runtime fails when its own are reaped by others.</param>
    /// <returns>How many had not ended by themselves.</returns>
    public static int End(Func<int, bool> isOrphan)
    {
        var begin = Stopwatch.GetTimestamp();
        var killed = 0;
        var reader = new ProcReader();
        while (Children().Where(isOrphan).ToList() is { Count: > 0 } orphans)
        {
            foreach (var orphan in orphans)
            {
                if (!IsZombie(reader, orphan))
                    killed++;
                Syscall.Kill(orphan);
                _ = Syscall.Reap(orphan);
            }
            if (Stopwatch.GetElapsedTime(begin) > Patience)
                break;
        }
        return killed;
    }

    private static bool IsZombie(ProcReader reader, int pid) =>
        reader.TryRead(pid, "stat"u8, out var text) && ProcessStat.TryParse(text, out var stat) && stat.Zombie;

    // Those of a thread that ends become another's meanwhile, and are found twice.
    private static HashSet<int> Children() =>
        [
            .. Directory
                .EnumerateDirectories("/proc/self/task")
                .SelectMany(thread => Read($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)),
        ];

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ""; // The thread has ended meanwhile, and its children are another's.
        }
    }
}
