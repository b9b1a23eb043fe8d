using System.Globalization;

namespace C10k.Harness.Trials;

/// <summary>Which sockets a process has open, by their inodes.</summary>
internal static class ProcessSockets
{
    private const string Prefix = "socket:[";

    /// <summary>Null where we may not look, or it is gone.</summary>
    public static HashSet<long>? TryRead(int process)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFileSystemEntries($"/proc/{process}/fd")
                    .Select(LinkTarget)
                    .Where(target => target.StartsWith(Prefix, StringComparison.Ordinal))
                    .Select(target => long.Parse(target[Prefix.Length..^1], CultureInfo.InvariantCulture)),
            ];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static IEnumerable<int> AllProcesses() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder))
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture));

    /// <summary>What runs there, in its own words, cut to the length of a line.</summary>
    public static string CommandOf(int process)
    {
        const int Longest = 80;
        try
        {
            var words = File.ReadAllText($"/proc/{process}/cmdline").TrimEnd('\0').Replace('\0', ' ');
            return words.Length > Longest ? words[..Longest] + "…" : words;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "which has ended";
        }
    }

    // A descriptor may be closed while we look.
    private static string LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
