using C10k.Harness.Results;

namespace C10k.Harness.Terminal;

/// <summary>Puts figures into words, the same for every display and for the page.</summary>
internal static class DisplayText
{
    // There is no date for what takes longest.
    private const double LongestDays = 36_500;

    public static string Outcome(SummaryRow row) =>
        row.Status == CaseStatus.Ok
            ? $"{row.ThroughputRps:N0} requests/s, p99 {Time(row.P99Us)}, {Verdict(row)}"
            : $"{Status(row)}: {row.Reason}";

    public static string Status(SummaryRow row) => row.Status.ToString().ToLowerInvariant();

    /// <summary>With a question mark where the row is suspect.</summary>
    public static string Verdict(SummaryRow row) => Verdict(row.Verdict) + (row.Suspect is null ? "" : "?");

    public static string Verdict(Verdict? verdict) =>
        verdict switch
        {
            Results.Verdict.ServerBound => "server-bound",
            Results.Verdict.LoadBound => "load-bound",
            Results.Verdict.RateMissed => "rate-missed",
            Results.Verdict.Starved => "starved",
            Results.Verdict.Idle => "idle",
            _ => "–",
        };

    public static string Time(double? microseconds) =>
        microseconds switch
        {
            null => "–",
            >= 1e6 => $"{microseconds / 1e6:0.00} s",
            >= 1e3 => $"{microseconds / 1e3:0.0} ms",
            _ => $"{microseconds:0} µs",
        };

    /// <summary>How long it will take, and when it will be done: at what time of the day, or on which day.</summary>
    public static string Left(TimeSpan time, DateTimeOffset now) =>
        time.TotalDays switch
        {
            < 1 => $"{Left(time)} left, done {now + time:HH:mm}",
            < LongestDays => $"{Left(time)} left, done {now + time:yyyy-MM-dd}",
            _ => $"{Left(time)} left",
        };

    public static string Left(TimeSpan time) =>
        time.TotalMinutes >= 1
            ? $"{(int)time.TotalMinutes} min {time.Seconds:00} s"
            : $"{Math.Ceiling(time.TotalSeconds):0} s";
}
