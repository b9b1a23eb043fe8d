using System.Text.Json;
using System.Text.Json.Serialization;

namespace C10k.Contract;

/// <summary>
/// What a server may tell of itself when it is asked to: one JSON object a line, to whoever connects to the abstract Unix socket named by
/// <see cref="Variable"/>. A server that tells nothing is none the worse; a field that it does not know is left out.
/// </summary>
public sealed record SelfReport
{
    /// <summary>The environment variable that asks for it: the name of the socket, without the zero byte it begins with.</summary>
    public const string Variable = "C10K_SELF_REPORT";

    /// <summary>Garbage collections so far, of any generation.</summary>
    public long? GcCollections { get; init; }

    /// <summary>How long they stopped the program, all together, in milliseconds.</summary>
    public double? GcPauseMs { get; init; }

    /// <summary>Bytes that were allocated so far.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>Threads of the runtime's pool.</summary>
    public int? ThreadPoolThreads { get; init; }

    /// <summary>Work that waits for one of them.</summary>
    public long? ThreadPoolQueue { get; init; }

    /// <summary>Context switches of this process so far, ended threads included: it had to wait.</summary>
    public long? ContextSwitchesVoluntary { get; init; }

    /// <summary>The same: the CPU was taken away from it.</summary>
    public long? ContextSwitchesInvoluntary { get; init; }

    /// <summary>Reads a line; null where it is none.</summary>
    public static SelfReport? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, SelfReportJson.Default.SelfReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SelfReport))]
internal sealed partial class SelfReportJson : JsonSerializerContext;
