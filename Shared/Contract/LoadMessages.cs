using System.Text.Json;
using System.Text.Json.Serialization;
using C10k.CommandLine;

namespace C10k.Contract;

/// <summary>
/// What is said between whoever orders load and the load generator under <c>--control</c>: one JSON object a line, told apart by its
/// <c>type</c>. Orders go to its stdin, answers come from its stdout.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConnectOrder), "connect")]
[JsonDerivedType(typeof(GreetOrder), "greet")]
[JsonDerivedType(typeof(WarmUpOrder), "warm_up")]
[JsonDerivedType(typeof(MeasureOrder), "measure")]
[JsonDerivedType(typeof(CommandOrder), "command")]
[JsonDerivedType(typeof(StopOrder), "stop")]
public abstract record LoadOrder;

/// <summary>Open all connections. Answered by <see cref="ConnectedAnswer"/> once each is established or has failed.</summary>
public sealed record ConnectOrder : LoadOrder;

/// <summary>
/// Let every client that is to ask have one reply, and rest then. Answered by <see cref="GreetedAnswer"/> once all of them have it, or none
/// has got one for a second (or for half of the time so far, where that is longer), or after 90 seconds.
/// </summary>
public sealed record GreetOrder : LoadOrder;

/// <summary>Begin the load and keep it up. Answered by <see cref="WarmAnswer"/> after the given time; the load goes on.</summary>
/// <param name="Seconds">How long to wait before the answer.</param>
public sealed record WarmUpOrder(double Seconds) : LoadOrder;

/// <summary>
/// Measure some windows, one directly behind the other. Answered by <see cref="BorderAnswer"/> when the first begins, and by a
/// <see cref="WindowAnswer"/> when each ends.
/// </summary>
/// <param name="Windows">How many.</param>
/// <param name="Seconds">The length of each.</param>
public sealed record MeasureOrder(int Windows, double Seconds) : LoadOrder;

/// <summary>
/// Let the next request carry the command that <c>--command</c> names, whoever sends it. Answered by <see cref="CommandedAnswer"/> at
/// once.
/// </summary>
public sealed record CommandOrder : LoadOrder;

/// <summary>Ask nothing more, wait for the replies under way (as long as <c>--drain</c> says), close all connections and end. Answered by <see cref="StoppedAnswer"/>.</summary>
public sealed record StopOrder : LoadOrder;

/// <summary>What the load generator answers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConnectedAnswer), "connected")]
[JsonDerivedType(typeof(GreetedAnswer), "greeted")]
[JsonDerivedType(typeof(WarmAnswer), "warm")]
[JsonDerivedType(typeof(BorderAnswer), "border")]
[JsonDerivedType(typeof(CommandedAnswer), "commanded")]
[JsonDerivedType(typeof(WindowAnswer), "window")]
[JsonDerivedType(typeof(StoppedAnswer), "stopped")]
public abstract record LoadAnswer;

/// <summary>Every connection is established or has failed.</summary>
/// <param name="Clients">How many were asked for.</param>
/// <param name="Connected">How many are established.</param>
/// <param name="ConnectSeconds">From the first attempt to the last outcome.</param>
/// <param name="ConnectUs">How long single connects took, in microseconds.</param>
/// <param name="Errors">Those that failed, by kind.</param>
public sealed record ConnectedAnswer(
    int Clients,
    int Connected,
    double ConnectSeconds,
    LatencySummary ConnectUs,
    LoadErrors Errors
) : LoadAnswer
{
    /// <summary>How many failed, by the name of the errno.</summary>
    public IReadOnlyDictionary<string, long> Errnos { get; init; } = new Dictionary<string, long>();

    /// <summary>All of <see cref="ConnectUs"/>, in the form of <see cref="WindowAnswer.Histogram"/>, to be added to others'.</summary>
    public string? Histogram { get; init; }
}

/// <summary>The clients have had their first reply, or gave up waiting for it.</summary>
/// <param name="Served">How many had it.</param>
/// <param name="Seconds">How long that took.</param>
public sealed record GreetedAnswer(int Served, double Seconds) : LoadAnswer;

/// <summary>The warm-up is over.</summary>
public sealed record WarmAnswer : LoadAnswer;

/// <summary>The first window begins.</summary>
public sealed record BorderAnswer : LoadAnswer;

/// <summary>The command is under way, or will be with the next request.</summary>
public sealed record CommandedAnswer : LoadAnswer;

/// <summary>A window has ended.</summary>
/// <param name="Report">What it held.</param>
/// <param name="Histogram">All its latencies (<see cref="LoadReport.LatencyUs"/>) in nanoseconds: HdrHistogram V2, compressed, base64.</param>
public sealed record WindowAnswer(LoadReport Report, string Histogram) : LoadAnswer
{
    /// <summary>
    /// All its service times (<see cref="LoadReport.ServiceLatencyUs"/>) in the same form; null where they are the latencies, as in a
    /// closed loop.
    /// </summary>
    public string? ServiceHistogram { get; init; }

    /// <summary>How long connects took in it (<see cref="LoadReport.ConnectUs"/>), in the same form; null where there were none.</summary>
    public string? ConnectHistogram { get; init; }
}

/// <summary>The load has ended and every connection is closed.</summary>
/// <param name="Errors">Everything that failed since the beginning, by kind.</param>
public sealed record StoppedAnswer(LoadErrors Errors) : LoadAnswer
{
    /// <summary>Requests that had no reply at the end, see <see cref="LoadReport.Unanswered"/>. They are not among the errors.</summary>
    public long Unanswered { get; init; }

    /// <summary>Requests of the whole load that went with their connections, see <see cref="LoadReport.LostRequests"/>.</summary>
    public long LostRequests { get; init; }

    /// <summary>Requests that were due and had nobody to send them, see <see cref="LoadReport.NotSent"/>.</summary>
    public long NotSent { get; init; }
}

/// <summary>Writes and reads the lines.</summary>
public static class LoadMessages
{
    /// <summary>An order as one line.</summary>
    public static string ToLine(LoadOrder order) => JsonSerializer.Serialize(order, LineJson.Default.LoadOrder);

    /// <summary>An answer as one line.</summary>
    public static string ToLine(LoadAnswer answer) => JsonSerializer.Serialize(answer, LineJson.Default.LoadAnswer);

    /// <summary>Reads an order.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static LoadOrder ParseOrder(string line) =>
        Parse(line, () => JsonSerializer.Deserialize(line, LineJson.Default.LoadOrder));

    /// <summary>Reads an answer.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static LoadAnswer ParseAnswer(string line) =>
        Parse(line, () => JsonSerializer.Deserialize(line, LineJson.Default.LoadAnswer));

    private static T Parse<T>(string line, Func<T?> parse)
        where T : class
    {
        try
        {
            return parse() ?? throw new FormatException("a control message is null");
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException)
        {
            var shown = line.Length <= 80 ? line : line[..80] + "…";
            throw new FormatException($"no control message: {Printable.Line(shown)}", wrong);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowOutOfOrderMetadataProperties = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(LoadOrder))]
[JsonSerializable(typeof(LoadAnswer))]
internal sealed partial class LineJson : JsonSerializerContext;
