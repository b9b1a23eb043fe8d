using System.Text.Json.Serialization;
using C10k.Nodes.Collecting;

namespace C10k.Nodes.Agents;

/// <summary>What an agent tells of itself and its machine.</summary>
/// <param name="Program">The executable that it starts: <c>Servers</c> or <c>LoadGen</c>.</param>
/// <param name="Cpus">Those of what it starts, in the kernel's list format.</param>
/// <param name="MachineId">The same for all agents of one machine, whatever containers they are in.</param>
/// <param name="Models">What <c>Servers --list</c> prints; null where the program has no models.</param>
internal sealed record NodeFacts(
    string Program,
    string Version,
    string Host,
    string Kernel,
    string Cpus,
    MachineLimits Limits,
    string MachineId,
    string? Models
);

/// <summary>The same of one of several agents.</summary>
/// <param name="Address">Where it was reached.</param>
internal sealed record AgentFacts(string Address, NodeFacts Facts);

/// <summary>What to start. Which executable is not asked for: an agent starts its own and no other.</summary>
/// <param name="Cpus">In the kernel's list format.</param>
internal sealed record StartRequest(
    IReadOnlyList<string> Arguments,
    string Cpus,
    IReadOnlyDictionary<string, string> Environment
);

/// <summary>A line for the stdin of the process.</summary>
internal sealed record InputRequest(string Line);

/// <summary>Asks the process to end, and kills it when it has not after so many seconds.</summary>
internal sealed record StopRequest(double GraceSeconds);

/// <param name="InTime">Whether it ended by itself.</param>
internal sealed record StopAnswer(bool InTime);

/// <summary>Asks whether what listens there is the process.</summary>
internal sealed record OwnerRequest(string Address, int Port);

/// <param name="Halted">Whether it was halted (SIGSTOP).</param>
internal sealed record StateAnswer(bool Halted);

/// <summary>Begins to watch the process, which serves on this port.</summary>
/// <param name="LoadCpus">Where the load runs, if that is on the same machine.</param>
internal sealed record WatchRequest(int Port, string SelfReportName, string? LoadCpus);

/// <param name="Server">Null where looking would have cost too much.</param>
internal sealed record SampleAnswer(ServerSample? Server);

/// <summary>What was seen between the first border and the last.</summary>
internal sealed record WatchAnswer(IReadOnlyList<MetricValue> Metrics, LookCosts Looks);

/// <summary>Why a request was refused, or failed.</summary>
internal sealed record AgentError(string Error);

/// <summary>
/// What happens to a process, in the stream that is the answer to its start. The process lives as long as somebody listens to that stream.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StartedEvent), "started")]
[JsonDerivedType(typeof(LineEvent), "line")]
[JsonDerivedType(typeof(NoteEvent), "note")]
[JsonDerivedType(typeof(BeatEvent), "beat")]
[JsonDerivedType(typeof(ExitedEvent), "exited")]
internal abstract record AgentEvent;

/// <summary>The process runs.</summary>
/// <param name="Id">By which further requests name it.</param>
/// <param name="Pid">On the agent's machine.</param>
internal sealed record StartedEvent(string Id, int Pid) : AgentEvent;

/// <summary>A line of its stdout.</summary>
internal sealed record LineEvent(string Text) : AgentEvent;

/// <summary>What belongs into the log: a line of its stderr, or what the agent has to say of it.</summary>
internal sealed record NoteEvent(string Text) : AgentEvent;

/// <summary>Nothing happened for a while, and the agent is still there.</summary>
internal sealed record BeatEvent : AgentEvent;

/// <summary>It has ended; nothing follows.</summary>
internal sealed record ExitedEvent(int Code) : AgentEvent;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowOutOfOrderMetadataProperties = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(NodeFacts))]
[JsonSerializable(typeof(StartRequest))]
[JsonSerializable(typeof(InputRequest))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(StopAnswer))]
[JsonSerializable(typeof(OwnerRequest))]
[JsonSerializable(typeof(StateAnswer))]
[JsonSerializable(typeof(WatchRequest))]
[JsonSerializable(typeof(ServerSample))]
[JsonSerializable(typeof(SampleAnswer))]
[JsonSerializable(typeof(WatchAnswer))]
[JsonSerializable(typeof(AgentError))]
[JsonSerializable(typeof(IReadOnlyList<int>))]
[JsonSerializable(typeof(AgentEvent))]
internal sealed partial class AgentJson : JsonSerializerContext;
