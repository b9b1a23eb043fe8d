using System.Globalization;
using C10k.CommandLine;
using C10k.Harness.Results;
using C10k.Harness.Trials;

namespace C10k.Harness.Report;

/// <summary>The command that runs one case again as it was run.</summary>
internal static class RepeatCommand
{
    public static string Of(SummaryRow row, EnvironmentFacts environment)
    {
        (string Option, string? Value)[] options =
        [
            ("--models", row.Model),
            ("--server", environment[$"servers.{row.Model.Split(':')[0]}"]),
            ("--workload", row.Workload),
            ("--clients", row.Clients.ToString(CultureInfo.InvariantCulture)),
            ("--rounds", environment["lengths.rounds"]),
            ("--windows", environment["lengths.windows"]),
            ("--window", Duration(environment["lengths.window_seconds"])),
            ("--warmup", Duration(environment["lengths.warm_up_seconds"])),
            ("--size", environment["lengths.message_bytes"]),
            ("--server-cpus", environment["server_cpus"]),
            ("--load-cpus", environment["load_cpus"]),
            ("--seed", environment["seed"]),
            ("--load", environment["cross_check"] is null ? null : WrkRun.Program),
        ];
        var given = options.Where(option => option.Value is not null);
        return "./run-bench.sh " + string.Join(' ', given.Select(option => $"{option.Option} {Quote(option.Value!)}"));
    }

    private static string? Duration(string? seconds) =>
        double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? Quantities.Format(TimeSpan.FromSeconds(value))
            : null;

    // What a shell takes as it is stays as it is; the rest goes between single quotes.
    private static string Quote(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || "_./,:=+-".Contains(c))
            ? text
            : $"'{text.Replace("'", @"'\''")}'";
}
