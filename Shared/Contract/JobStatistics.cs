using System.Text.Json;
using System.Text.Json.Serialization;

namespace C10k.Contract;

/// <summary>
/// Figures as the agents of dotnet/crank read them from a job's stdout: between two lines a JSON object, which says of each figure first
/// what it is, and then its value. See docs/crank.md.
/// </summary>
/// <param name="source">Who tells them.</param>
/// <param name="taken">When.</param>
public sealed class JobStatistics(string source, DateTimeOffset taken)
{
    /// <summary>The line before.</summary>
    public const string Begin = "#StartJobStatistics";

    /// <summary>The line behind.</summary>
    public const string End = "#EndJobStatistics";

    private readonly List<JobMetadata> _metadata = [];
    private readonly List<JobMeasurement> _measurements = [];

    /// <summary>Adds a figure.</summary>
    /// <param name="name">What it is called in files, such as <c>c10k/load/p99_us</c>.</param>
    /// <param name="title">What it is called in tables.</param>
    /// <param name="reduce">What becomes of it when several agents run the job.</param>
    /// <param name="format">How it is shown, as .NET formats numbers.</param>
    public JobStatistics Add(
        string name,
        string title,
        double value,
        JobOperation reduce = JobOperation.Sum,
        string format = "n0"
    )
    {
        // A job tells each figure once.
        _metadata.Add(new JobMetadata(source, name, JobOperation.Last, reduce, format, title, title));
        _measurements.Add(new JobMeasurement(name, taken.UtcDateTime, value));
        return this;
    }

    /// <summary>The three lines, without the last one's end.</summary>
    public override string ToString()
    {
        var json = JsonSerializer.Serialize(
            new JobOutput(_metadata, _measurements),
            JobStatisticsJson.Default.JobOutput
        );
        return $"{Begin}\n{json}\n{End}";
    }
}

/// <summary>What crank makes of several values.</summary>
public enum JobOperation
{
    /// <summary>Their mean.</summary>
    Avg,

    /// <summary>The last.</summary>
    Last,

    /// <summary>The highest.</summary>
    Max,

    /// <summary>All together.</summary>
    Sum,
}

internal sealed record JobOutput(
    [property: JsonPropertyName("Metadata")] IReadOnlyList<JobMetadata> Metadata,
    [property: JsonPropertyName("Measurements")] IReadOnlyList<JobMeasurement> Measurements
);

internal sealed record JobMetadata(
    string Source,
    string Name,
    JobOperation Aggregate,
    JobOperation Reduce,
    string Format,
    string ShortDescription,
    string LongDescription
);

internal sealed record JobMeasurement(string Name, DateTime Timestamp, double Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobOutput))]
internal sealed partial class JobStatisticsJson : JsonSerializerContext;
