using System.Globalization;
using C10k.Linux;

namespace C10k.Nodes;

/// <summary>Where the threads of this process run.</summary>
internal static class OwnThreads
{
    /// <summary>Keeps them all, and those that they start, off some CPUs; where this process may use no others, they stay where they are.</summary>
    /// <remarks>Behind ten thousand threads that are ready to run on a CPU, one that the kernel has put there has its turn after ten seconds and more.</remarks>
    public static void KeepOff(CpuSet busy)
    {
        var others = CpuSet.Allowed.Except(busy);
        if (others.Cpus.Count == 0)
            return;
        // Not only the calling one: the runtime has started some already, and each starts others.
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
            Bind(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), others);
    }

    private static void Bind(int thread, CpuSet cpus)
    {
        try
        {
            Syscall.SetAffinity(thread, cpus.Cpus);
        }
        catch (SystemCallException gone) when (gone.Errno == Errno.ESRCH)
        {
            // It has ended meanwhile.
        }
    }
}
