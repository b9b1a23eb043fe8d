using System.Globalization;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Conversations;
using C10k.Harness.Charts;

namespace C10k.Harness.Planning;

/// <summary>A field of a workload, as it is written in a file and behind the colon of a variant.</summary>
/// <param name="Name">The key.</param>
/// <param name="Takes">What it can be, with an example.</param>
/// <param name="Set">The workload with the value; null where the value cannot be read.</param>
/// <param name="Get">The value, as it is read; null where the workload leaves it at its default.</param>
internal sealed record WorkloadField(
    string Name,
    string Takes,
    Func<Workload, string, Workload?> Set,
    Func<Workload, string?> Get
)
{
    private const int MostPipelined = 1024;

    // With a million clients that is a window of less than a day.
    private static readonly TimeSpan LongestWindowPerClient = TimeSpan.FromMilliseconds(50);

    /// <summary>All of them but what it is called.</summary>
    public static IReadOnlyList<WorkloadField> All { get; } =
    [
        new(
            "conversation",
            $"one of {string.Join(", ", ConversationCatalogue.Ids)}",
            (workload, text) => ConversationCatalogue.Ids.Contains(text) ? workload with { Conversation = text } : null,
            workload => workload.Conversation == "echo" ? null : workload.Conversation
        ),
        new(
            "size",
            "a number of bytes, such as 64, 16k, uniform:16-1024 or 64*9+4096*1",
            (workload, text) => MessageSizes.TryParse(text) is not null ? workload with { Size = text } : null,
            workload => workload.Size
        ),
        new(
            "active",
            "a number of clients, or a share of them, such as 100 or 10%",
            (workload, text) => Portion.TryParse(text) is { } some ? workload with { Active = some } : null,
            workload => workload.Active?.ToString()
        ),
        new(
            "think",
            "a duration above 0, such as 50ms, or exp:50ms for one that is random",
            (workload, text) => Planning.Think.TryParse(text) is { } think ? workload with { Think = think } : null,
            workload => workload.Think?.ToString()
        ),
        new(
            "rate",
            "a number of requests per second above 0, such as 20000",
            (workload, text) =>
                Quantities.TryParseRate(text, out var rate) ? workload with { Rate = rate, RateShare = null } : null,
            workload => workload.Rate?.ToString(CultureInfo.InvariantCulture)
        ),
        new(
            "rate_of_echo",
            "a share of what the server answers without a rate, such as 80%",
            (workload, text) =>
                Portion.TryParse(text) is { IsShare: true } share
                    ? workload with
                    {
                        RateShare = share.Value,
                        Rate = null,
                    }
                    : null,
            workload => workload.RateShare is { } share ? new Portion(share, IsShare: true).ToString() : null
        ),
        new(
            "arrivals",
            "constant or poisson",
            (workload, text) =>
                text is "constant" or "poisson" ? workload with { IsPoisson = text == "poisson" } : null,
            workload => workload.IsPoisson ? "poisson" : null
        ),
        new(
            "pipeline",
            $"a whole number from 1 to {MostPipelined}",
            (workload, text) =>
                TryParseCount(text) is >= 1 and <= MostPipelined and var requests
                    ? workload with
                    {
                        Pipeline = requests,
                    }
                    : null,
            workload => workload.Pipeline == 1 ? null : ToText(workload.Pipeline)
        ),
        new(
            "requests_per_connection",
            "a whole number from 1 on, or 0 for connections that stay",
            (workload, text) =>
                TryParseCount(text) is { } requests ? workload with { RequestsPerConnection = requests } : null,
            workload => workload.RequestsPerConnection == 0 ? null : ToText(workload.RequestsPerConnection)
        ),
        new(
            "read_rate",
            "a number of bytes per second, such as 100k",
            (workload, text) =>
                Quantities.TryParseSize(text, out var rate) && rate > 0 ? workload with { ReadRate = rate } : null,
            workload => workload.ReadRate == 0 ? null : ToText(workload.ReadRate)
        ),
        new(
            "slow_readers",
            "a number of clients, or a share of them, such as 10 or 10%",
            (workload, text) => Portion.TryParse(text) is { } some ? workload with { SlowReaders = some } : null,
            workload => workload.SlowReaders?.ToString()
        ),
        new(
            "connect",
            "paced or at-once",
            (workload, text) =>
                text is "paced" or "at-once" ? workload with { ConnectAtOnce = text == "at-once" } : null,
            workload => workload.ConnectAtOnce ? "at-once" : null
        ),
        new(
            "wait",
            "a duration, such as 5ms",
            (workload, text) => TryParseDuration(text) is { } wait ? workload with { Wait = wait } : null,
            workload => workload.Wait == TimeSpan.Zero ? null : Quantities.Format(workload.Wait)
        ),
        new(
            "cpu",
            "a duration, such as 50us",
            (workload, text) => TryParseDuration(text) is { } cpu ? workload with { Cpu = cpu } : null,
            workload => workload.Cpu == TimeSpan.Zero ? null : Quantities.Format(workload.Cpu)
        ),
        new(
            "command",
            "die, or cpu= with a duration of up to a minute, such as cpu=50ms",
            (workload, text) => Commands.IsKnown(text) ? workload with { Command = text } : null,
            workload => workload.Command
        ),
        new(
            "commanders",
            "a number of clients, or a share of them, such as 10 or 0.1%",
            (workload, text) => Portion.TryParse(text) is { } some ? workload with { Commanders = some } : null,
            workload => workload.Commanders?.ToString()
        ),
        new(
            "window_per_client",
            $"a duration of up to {Quantities.Format(LongestWindowPerClient)}, such as 1ms",
            (workload, text) =>
                TryParseDuration(text) is { } time && time <= LongestWindowPerClient
                    ? workload with
                    {
                        WindowPerClient = time,
                    }
                    : null,
            workload => workload.WindowPerClient == TimeSpan.Zero ? null : Quantities.Format(workload.WindowPerClient)
        ),
        new(
            "charts",
            $"some of {string.Join(", ", ChartSet.Metrics.Select(metric => metric.Id))}, the most telling first, with + between them",
            (workload, text) =>
                text.Split('+') is var charts && charts.All(id => ChartSet.Metrics.Any(metric => metric.Id == id))
                    ? workload with
                    {
                        Charts = charts,
                    }
                    : null,
            workload => string.Join('+', workload.Charts)
        ),
    ];

    /// <summary>What makes a workload differ from <c>echo</c>, as it could be written behind a colon.</summary>
    public static string Describe(Workload workload) =>
        string.Join(
            ", ",
            from field in All
            where field.Name != "charts"
            let value = field.Get(workload)
            where value is not null
            select $"{field.Name}={value}"
        );

    private static int? TryParseCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static TimeSpan? TryParseDuration(string text) =>
        Quantities.TryParseDuration(text, out var duration) ? duration : null;

    private static string ToText(long number) => number.ToString(CultureInfo.InvariantCulture);
}
