using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using C10k.Harness.Planning;
using C10k.Nodes;
using C10k.Nodes.Agents;

namespace C10k.Harness.Recording;

/// <summary>Everything about the machine and the run that a figure depends on: <c>environment.json</c>.</summary>
internal sealed record RunEnvironment
{
    /// <summary>The version of the result files that this program writes; it reads those of all versions before.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Grows when the meaning of a result file changes. A new column does not change what the others mean.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    public required DateTimeOffset StartedUtc { get; init; }
    public required string CommandLine { get; init; }

    /// <summary>The words behind the command, with which <c>--resume</c> makes the same plan again.</summary>
    [OfARun]
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What <c>--server</c> named, by the names of the servers: whoever repeats a case of one needs it.</summary>
    [OfARun]
    public IReadOnlyDictionary<string, string> Servers { get; init; } = new Dictionary<string, string>();

    /// <summary>The files of the workloads that were described in one, by the ids of the workloads: for the same purpose.</summary>
    [OfARun]
    public IReadOnlyDictionary<string, string> Workloads { get; init; } = new Dictionary<string, string>();

    /// <summary>What the files of both held, by the names under which they were asked for, so that <c>--resume</c> sees where one is another.</summary>
    [OfARun]
    public IReadOnlyDictionary<string, string> FileHashes { get; init; } = new Dictionary<string, string>();

    public required string BenchVersion { get; init; }
    public string? Commit { get; init; }

    [OfARun]
    public required int Seed { get; init; }
    public required string Host { get; init; }
    public required string Kernel { get; init; }
    public required string OperatingSystem { get; init; }
    public required string Cpu { get; init; }
    public required string CpusAllowed { get; init; }

    [OfARun]
    public required string ServerCpus { get; init; }

    [OfARun]
    public required string LoadCpus { get; init; }
    public required long MemoryMb { get; init; }
    public required string Dotnet { get; init; }
    public required string Architecture { get; init; }
    public required MachineLimits Limits { get; init; }
    public required IReadOnlyDictionary<string, string> Sysctls { get; init; }

    [OfARun]
    public required RunLengths Lengths { get; init; }

    [OfARun]
    public string? Baseline { get; init; }

    /// <summary>The load generator of somebody else that loaded the servers too, with its version.</summary>
    [OfARun]
    public string? CrossCheck { get; init; }

    /// <summary>Which build the workers of its process models are: a native one starts faster and takes less memory. Not written where none of the models has workers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OfARun]
    public string? WorkerBuild { get; init; }

    /// <summary>Whether system calls were counted too, in windows of their own.</summary>
    [OfARun]
    public bool CountSyscalls { get; init; }

    /// <summary>The other machines of the run; what stands above is about this one.</summary>
    [OfARun]
    public IReadOnlyList<AgentFacts> Agents { get; init; } = [];

    /// <summary>The options that named them, also where the environment did: whoever repeats a case needs them. The token is not among them.</summary>
    [OfARun]
    public IReadOnlyList<string> AgentOptions { get; init; } = [];

    /// <summary>In one line, for the foot of a chart.</summary>
    public string Line =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Cpu}, server on CPU {ServerCpus}, load on CPU {LoadCpus}, Linux {Kernel}, .NET {Dotnet}, {StartedUtc:yyyy-MM-dd HH:mm} UTC"
        );

    public string ToJson() => JsonSerializer.Serialize(this, EnvironmentJson.Default.RunEnvironment);

    public static RunEnvironment Read(RunSettings settings, MachineLimits limits, DateTimeOffset startedUtc) =>
        new()
        {
            StartedUtc = startedUtc,
            CommandLine = Typed(
                Environment.GetEnvironmentVariable("C10K_COMMAND_LINE"),
                Environment.GetEnvironmentVariable("C10K_COMMAND"),
                Environment.GetCommandLineArgs()
            ),
            BenchVersion = typeof(RunEnvironment).Assembly.GetName().Version!.ToString(3),
            Commit = Environment.GetEnvironmentVariable("C10K_COMMIT"),
            Seed = settings.Seed,
            Host = Environment.MachineName,
            Kernel = FirstLine("/proc/sys/kernel/osrelease") ?? Environment.OSVersion.VersionString,
            OperatingSystem = RuntimeInformation.OSDescription,
            Cpu = Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
            CpusAllowed = CpuSet.Allowed.ToString(),
            ServerCpus = settings.ServerCpus.ToString(),
            LoadCpus = settings.LoadCpus.ToString(),
            MemoryMb = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024),
            Dotnet = Environment.Version.ToString(),
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Limits = limits,
            Sysctls = ReadSysctls(),
            Lengths = new RunLengths(
                settings.Rounds,
                settings.Windows,
                settings.Window.TotalSeconds,
                settings.WarmUp.TotalSeconds,
                settings.MessageBytes
            ),
            Baseline = settings.Baseline,
            CrossCheck = settings.Wrk,
            CountSyscalls = settings.CountSyscalls,
        };

    /// <summary>What was typed to start the run.</summary>
    /// <param name="line">All of it, from a script that knows.</param>
    /// <param name="command">What stands before our arguments, where the surroundings are fixed, as in containers; null for our own name.</param>
    internal static string Typed(string? line, string? command, IReadOnlyList<string> words) =>
        line ?? string.Join(' ', words.Skip(1).Prepend(command ?? words[0]));

    private static Dictionary<string, string> ReadSysctls()
    {
        string[] names =
        [
            "net.core.somaxconn",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_max_syn_backlog",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem",
            "net.ipv4.tcp_tw_reuse",
            "kernel.pid_max",
            "kernel.threads-max",
            "vm.max_map_count",
            "fs.file-max",
        ];
        return names
            .Select(name => (name, Value: FirstLine($"/proc/sys/{name.Replace('.', '/')}")))
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.name, pair => pair.Value!.Replace('\t', ' '));
    }

    private static string? Field(string path, string name) =>
        ReadLines(path)
            .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            ?.Split(':', 2)[^1]
            .Trim();

    private static string? FirstLine(string path) => ReadLines(path).FirstOrDefault();

    // A file that this kernel or this user does not have leaves its field empty.
    private static IEnumerable<string> ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

/// <summary>What a field of <see cref="RunEnvironment"/> has that tells nothing where no server was measured.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OfARunAttribute : Attribute;

/// <summary>How much was measured.</summary>
internal sealed record RunLengths(
    int Rounds,
    int Windows,
    double WindowSeconds,
    double WarmUpSeconds,
    int MessageBytes
);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunEnvironment))]
internal sealed partial class EnvironmentJson : JsonSerializerContext;
