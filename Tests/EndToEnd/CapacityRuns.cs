using System.Globalization;
using System.Text.RegularExpressions;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd;

/// <summary>What a search for a capacity says, and what it tried.</summary>
internal static class CapacityRuns
{
    public const string Short = "--windows 1 --window 400ms --warmup 0s";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>The number in what was printed.</summary>
    public static int Answer(Finished finished, string pattern)
    {
        var answer = Regex.Match(finished.Stdout, pattern, RegexOptions.None, Limit);
        Assert.True(answer.Success, finished.Stdout);
        return int.Parse(answer.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    /// <summary>Every try, in order.</summary>
    public static IReadOnlyList<CapacityRow> Tries(HarnessRun harness) =>
        CsvFile.Read<CapacityRow>(Path.Combine(Directory.GetDirectories(harness.Root).Single(), "capacity.csv"));
}
