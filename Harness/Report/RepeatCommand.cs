using System.Globalization;
using C10k.CommandLine;
using C10k.Harness.Results;
using C10k.Harness.Trials;

namespace C10k.Harness.Report;

/// <summary>The command that runs one case again as it was run.</summary>
internal static class RepeatCommand
{
    private static readonly string[] OfAgents =
    [
        "--server-agent",
        "--load-agent",
        "--agent-token-file",
        "--agent-certificate",
    ];

    public static string Of(SummaryRow row, EnvironmentFacts environment)
    {
        var given = Options(row, environment).Where(option => option.Value is not null);
        var words = given.Select(option => $"{option.Option} {Quote(option.Value!)}");
        const string Flag = "--syscalls";
        return string.Join(
            ' ',
            [.. words.Prepend("./run-bench.sh"), .. environment.Arguments.Where(word => word == Flag)]
        );
    }

    private static IEnumerable<(string Option, string? Value)> Options(SummaryRow row, EnvironmentFacts environment)
    {
        var file = environment[$"workloads.{row.Workload}"];
        // Agents have CPUs of their own.
        var areHere = environment["agents"] is null;
        return
        [
            ("--models", row.Model),
            ("--server", environment[$"servers.{row.Model.Split(':')[0]}"]),
            ("--workload", file ?? row.Workload),
            // What has a name of its own has the rate in it.
            .. file is null ? [] : Given("--rate", environment.Arguments),
            ("--clients", row.Clients.ToString(CultureInfo.InvariantCulture)),
            ("--rounds", environment["lengths.rounds"]),
            ("--windows", environment["lengths.windows"]),
            ("--window", Duration(environment["lengths.window_seconds"])),
            ("--warmup", Duration(environment["lengths.warm_up_seconds"])),
            ("--size", environment["lengths.message_bytes"]),
            ("--server-cpus", areHere ? environment["server_cpus"] : null),
            ("--load-cpus", areHere ? environment["load_cpus"] : null),
            ("--seed", environment["seed"]),
            ("--load", environment["cross_check"] is null ? null : WrkRun.Program),
            .. Agents(environment),
        ];
    }

    // Folders of before tell of those alone that the command line named.
    private static IEnumerable<(string Option, string? Value)> Agents(EnvironmentFacts environment)
    {
        var words = environment.AgentOptions.Count > 0 ? environment.AgentOptions : environment.Arguments;
        return OfAgents.SelectMany(option => Given(option, words));
    }

    // As often as it was given.
    private static IEnumerable<(string Option, string? Value)> Given(string option, IReadOnlyList<string> words) =>
        words.Zip(words.Skip(1)).Where(pair => pair.First == option).Select(pair => (option, (string?)pair.Second));

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
