using System.Globalization;
using System.Runtime.InteropServices;

namespace C10k.Tests.Servers;

/// <summary>A process and its descendants, as /proc shows them at this moment.</summary>
internal static partial class ProcessTree
{
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGQUIT = 3;
    public const int SIGABRT = 6;
    public const int SIGKILL = 9;
    public const int SIGSEGV = 11;
    public const int SIGTERM = 15;
    public const int SIGCONT = 18;
    public const int SIGSTOP = 19;

    // The unit of /proc/PID/stat, see sysconf(3), _SC_CLK_TCK: 100 on every Linux that .NET runs on.
    private const int TicksPerSecond = 100;

    /// <summary>The ids of the process and of everything it started, itself first.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        var all = new List<int> { root };
        for (var i = 0; i < all.Count; i++)
            all.AddRange(ChildrenOf(all[i]));
        return all;
    }

    /// <summary>The command line of every process there is, in words.</summary>
    public static IEnumerable<string[]> CommandLines() =>
        from folder in Listing("/proc")
        let line = Read($"{folder}/cmdline")
        where !string.IsNullOrEmpty(line)
        select line.Split('\0');

    /// <summary>Whether it runs; a zombie does not.</summary>
    public static bool IsAlive(int process) => Stat(process) is [var state, ..] && state != "Z";

    /// <summary>Whether it was halted by SIGSTOP.</summary>
    public static bool IsHalted(int process) => Stat(process) is ["T", ..];

    /// <summary>Whether it ignores a signal, which is inherited by what it starts.</summary>
    public static bool IsIgnored(int process, int signal)
    {
        const string Field = "SigIgn:";
        var status = Read($"/proc/{process}/status") ?? "";
        var mask = status.Split('\n').First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return (ulong.Parse(mask.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber) >> (signal - 1) & 1) != 0;
    }

    /// <summary>Descriptors that all of them have open.</summary>
    public static int Descriptors(int root) => Of(root).Sum(process => Entries(process, "fd"));

    /// <summary>Sockets that all of them have open: connections, whatever the runtimes open late on their own account.</summary>
    public static int Sockets(int root) =>
        Of(root).SelectMany(process => Listing($"/proc/{process}/fd")).Count(IsSocket);

    /// <summary>Threads of all of them.</summary>
    public static int Threads(int root) => Of(root).Sum(process => Entries(process, "task"));

    /// <summary>User and system time that all of them have used so far.</summary>
    public static TimeSpan Cpu(int root) => TimeSpan.FromSeconds(Of(root).Sum(CpuTicks) / (double)TicksPerSecond);

    /// <summary>Memory that all of them have in use (RSS); what they share counts for each.</summary>
    public static long MemoryBytes(int root) => Of(root).Sum(process => 1024 * KiB(process, "VmRSS:"));

    /// <summary>The same of the one that has most: what a single client may do to it does not vanish among all others.</summary>
    public static long LargestMemoryBytes(int root) => Of(root).Max(process => 1024 * KiB(process, "VmRSS:"));

    /// <summary>Memory of their own that all of them have in use: what they allocated and touched, and not code that they read from files.</summary>
    public static long AnonymousBytes(int root) => Of(root).Sum(process => 1024 * KiB(process, "RssAnon:"));

    /// <summary>Sends a signal.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Signal(int process, int signal);

    private static long CpuTicks(int process) =>
        Stat(process) is { Length: > 12 } stat ? Number(stat[11]) + Number(stat[12]) : 0;

    private static long KiB(int process, string field)
    {
        var lines = (Read($"/proc/{process}/status") ?? "").Split('\n');
        var line = lines.FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
        return line is null ? 0 : Number(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim());
    }

    // The fields behind the name, which is in parentheses and may hold anything.
    private static string[]? Stat(int process)
    {
        var text = Read($"/proc/{process}/stat");
        return text?[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static IEnumerable<int> ChildrenOf(int process)
    {
        foreach (var thread in Listing($"/proc/{process}/task"))
        {
            var children = Read($"{thread}/children") ?? "";
            foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return (int)Number(child);
        }
    }

    private static bool IsSocket(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int Entries(int process, string folder) => Listing($"/proc/{process}/{folder}").Length;

    private static string[] Listing(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
