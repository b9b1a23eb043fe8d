using System.Globalization;

namespace C10k.Harness.Planning;

/// <summary>Counts the threads and processes that the kernel holds against this user's limit: those with the same real user id.</summary>
internal static class UserTaskCount
{
    public static long Read()
    {
        var mine = Fields("/proc/self/status").Uid;
        return Directory
            .EnumerateDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(folder => Fields($"{folder}/status"))
            .Where(process => process.Uid == mine)
            .Sum(process => process.Threads);
    }

    // A process that has ended meanwhile counts for nothing.
    private static (long Uid, long Threads) Fields(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            return (Number(lines, "Uid:"), Number(lines, "Threads:"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return (-1, 0);
        }
    }

    private static long Number(string[] lines, string field)
    {
        var line = Array.Find(lines, line => line.StartsWith(field, StringComparison.Ordinal));
        var words = line?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words is [_, var first, ..] ? long.Parse(first, CultureInfo.InvariantCulture) : 0;
    }
}
