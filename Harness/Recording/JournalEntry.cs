using System.Text.Json;
using System.Text.Json.Serialization;
using C10k.Contract;
using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Latency;
using C10k.Nodes.Collecting;

namespace C10k.Harness.Recording;

/// <summary>A trial as it stands in the journal: all that it showed, with every distribution whole.</summary>
internal sealed record JournalEntry
{
    public required string Model { get; init; }
    public required string Workload { get; init; }
    public required int Clients { get; init; }
    public required int Round { get; init; }
    public string? Failure { get; init; }
    public bool Interrupted { get; init; }
    public string? Note { get; init; }
    public ConnectedAnswer? Connected { get; init; }
    public WarmedUp? WarmedUp { get; init; }
    public required LoadErrors Errors { get; init; }
    public long? Unanswered { get; init; }
    public int ServerPid { get; init; }
    public double? RateAskedRps { get; init; }
    public CrashOutcome? Crash { get; init; }
    public WrkFigures? Wrk { get; init; }
    public IReadOnlyList<LostLoad> Lost { get; init; } = [];
    public required IReadOnlyList<JournalWindow> Windows { get; init; }
    public required IReadOnlyList<MetricValue> Metrics { get; init; }

    [JsonIgnore]
    public CaseKey Case => new(Model, Workload, Clients);

    public static JournalEntry Of(TrialResult trial) =>
        new()
        {
            Model = trial.Case.Model.Name,
            Workload = trial.Case.Workload.Id,
            Clients = trial.Case.Clients,
            Round = trial.Round,
            Failure = trial.Failure,
            Interrupted = trial.Interrupted,
            Note = trial.Note,
            Connected = trial.Connected,
            WarmedUp = trial.WarmedUp,
            Errors = trial.Errors,
            Unanswered = trial.Unanswered,
            ServerPid = trial.ServerPid,
            RateAskedRps = trial.RateAskedRps,
            Crash = trial.Crash,
            Wrk = trial.Wrk,
            Lost = trial.Lost,
            Windows = [.. trial.Windows.Select(JournalWindow.Of)],
            Metrics = trial.Metrics,
        };

    /// <param name="planned">The case that it is about.</param>
    /// <returns>Null where a distribution in it is damaged.</returns>
    public TrialResult? TryToTrial(PlannedCase planned)
    {
        try
        {
            return ToTrial(planned);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private TrialResult ToTrial(PlannedCase planned) =>
        new(planned, Round)
        {
            Failure = Failure,
            Interrupted = Interrupted,
            Note = Note,
            Connected = Connected,
            WarmedUp = WarmedUp,
            Errors = Errors,
            Unanswered = Unanswered,
            ServerPid = ServerPid,
            RateAskedRps = RateAskedRps,
            Crash = Crash,
            Wrk = Wrk,
            Lost = Lost,
            Windows = [.. Windows.Select(window => window.ToWindow())],
            Metrics = Metrics,
        };

    public string ToLine() => JsonSerializer.Serialize(this, JournalJson.Default.JournalEntry);

    /// <summary>Null for a line that is none, as the last one of a run that was killed.</summary>
    public static JournalEntry? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One of its windows.</summary>
internal sealed record JournalWindow(
    int Index,
    DateTimeOffset StartedUtc,
    LoadReport Report,
    string Histogram,
    IReadOnlyList<Sample> Samples
)
{
    /// <summary>Of the service times, where they are not the latencies.</summary>
    public string? ServiceHistogram { get; init; }

    public static JournalWindow Of(MeasuredWindow window) =>
        new(
            window.Index,
            window.StartedUtc,
            window.Report,
            HistogramEncoding.EncodeBase64(window.Latency),
            window.Samples
        )
        {
            ServiceHistogram = window.Service is { } service ? HistogramEncoding.EncodeBase64(service) : null,
        };

    public MeasuredWindow ToWindow() =>
        new(Index, StartedUtc, Report, HistogramEncoding.DecodeBase64(Histogram))
        {
            Service = ServiceHistogram is { } service ? HistogramEncoding.DecodeBase64(service) : null,
            Samples = Samples,
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
