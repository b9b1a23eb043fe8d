using System.Globalization;
using C10k.Contract;
using C10k.Harness.Trials;
using C10k.Nodes.Collecting;

namespace C10k.Harness.Soaking;

/// <summary>Says what is wrong with a server that ran for long: what it has more of at the end than early on, and what it lost.</summary>
internal static class SoakJudge
{
    /// <summary>How many windows there must be, so that a quarter of them is more than a moment.</summary>
    public const int FewestWindows = 8;

    // A collector of garbage breathes, and clients that come and go are never quite as many.
    private const double Tolerance = 0.1;
    private const double LittleMb = 16;
    private const double FewDescriptors = 32;

    /// <summary>One line for each fault, and for what could not be judged; none where there is none.</summary>
    public static IReadOnlyList<string> Faults(TrialResult trial)
    {
        if (trial.Failure is { } failure)
            return [failure];
        string?[] faults =
        [
            Lost(trial.Errors),
            Stalled(trial),
            Growth(trial, MetricIds.RssMb, "MiB of memory", LittleMb),
            Growth(trial, MetricIds.Descriptors, "descriptors", FewDescriptors),
        ];
        return [.. faults.OfType<string>()];
    }

    private static string? Lost(LoadErrors errors) =>
        errors.Total == 0 ? null : $"replies or connections were lost: {errors}";

    private static string? Stalled(TrialResult trial) =>
        trial.Windows.FirstOrDefault(window => window.Report.Requests == 0) is { } silent
            ? $"in window {silent.Index + 1} of {trial.Windows.Count} not a single request was answered"
            : null;

    // The first quarter is the server's own beginning: pools fill, code is compiled.
    private static string? Growth(TrialResult trial, string metric, string what, double little)
    {
        var told = trial.Metrics.Where(value => value.MetricId == metric).ToList();
        var values = told.Select(value => value.Value).OfType<double>().ToList();
        if (values.Count < FewestWindows)
            return $"whether {what} grow cannot be told from {values.Count} figures: it takes {FewestWindows}{Because(told)}";
        var quarter = values.Count / 4;
        var early = values.Skip(quarter).Take(quarter).Max();
        var late = values.TakeLast(quarter).Min();
        return late > early * (1 + Tolerance) + little
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{what} grow: never more than {early:0.#} in the second quarter, never fewer than {late:0.#} in the last"
            )
            : null;
    }

    private static string Because(IEnumerable<MetricValue> told) =>
        told.Select(value => value.Unavailable).FirstOrDefault(reason => reason is not null) is { } reason
            ? $": {reason}"
            : "";
}
