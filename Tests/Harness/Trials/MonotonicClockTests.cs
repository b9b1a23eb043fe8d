using System.Text.RegularExpressions;
using Xunit;

namespace C10k.Tests.Harness.Trials;

/// <summary>
/// The time of day can be set back while a run is under way, so nothing that is measured goes by it: in the load generator and in trials
/// there is <c>Stopwatch</c>, which is CLOCK_MONOTONIC, and the time of day only where it is written down.
/// </summary>
public partial class MonotonicClockTests
{
    // When a window began, a log began, statistics were printed: for people, and never subtracted.
    private static readonly string[] WrittenDown =
    [
        "Harness/Trials/Trial.Measuring.cs: var started = environment.Clock.GetUtcNow();",
        "LoadGen/Modes/HistogramFiles.cs: public void Begin() => _log?.Begin(\"Logged with C10k Bench LoadGen\", DateTimeOffset.UtcNow);",
        "LoadGen/Modes/StandaloneMode.cs: Console.WriteLine(LoadStatistics.Of(report, DateTimeOffset.UtcNow));",
    ];

    [Fact]
    public void Nothing_is_measured_by_the_time_of_day() =>
        Assert.Equal(
            WrittenDown,
            from folder in (string[])["Harness/Trials", "LoadGen"]
            from file in Directory.GetFiles(RepositoryRoot.File(folder), "*.cs", SearchOption.AllDirectories).Order()
            from line in File.ReadLines(file)
            where TimeOfDay().IsMatch(line)
            select $"{Path.GetRelativePath(RepositoryRoot.FullPath, file)}: {line.Trim()}"
        );

    [GeneratedRegex(
        @"\b(UtcNow|GetUtcNow|GetLocalNow|TickCount|TickCount64|CLOCK_REALTIME)\b|\bDateTime(Offset)?\.(Now|Today)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex TimeOfDay();
}
