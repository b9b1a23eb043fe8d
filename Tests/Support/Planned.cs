using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Hosting;
using C10k.Nodes;

namespace C10k.Tests.Support;

/// <summary>Models, cases and plans as a test needs them.</summary>
internal static class Planned
{
    public static readonly Workload Echo = WorkloadCatalogue.All.Single(workload => workload.Id == "echo");

    public static ModelInfo Model(string id, string family = "readiness", params Parameter[] parameters) =>
        new(id, family, "Does it in one way.", "somebody") { Parameters = parameters };

    /// <summary>A foreign server.</summary>
    public static ServerDefinition Server(string name) =>
        new(Model(name, ServerFile.DefaultFamily), ["./server", "{port}"], "/", "test") { Ready = Readiness.Port };

    /// <summary>A variant of a model that has the parameters which the name tells.</summary>
    public static ModelVariant Variant(string name)
    {
        var (id, pairs) = name.Split(':') is [var before, var behind] ? (before, behind.Split(',')) : (name, []);
        return new(Model(id, parameters: [.. pairs.Select(pair => ParameterOf(pair.Split('=')))]), name);
    }

    private static Parameter ParameterOf(string[] pair) =>
        int.TryParse(pair[1], out _)
            ? Parameter.Number(pair[0], pair[1], "How many.", 0, 10_000)
            : Parameter.Choice(pair[0], pair[1], "Which.", pair[1]);

    public static PlannedCase Case(string model = "epoll-level", int clients = 100, string? skipReason = null) =>
        new(Variant(model), Echo, clients, skipReason);

    public static RunSettings Settings(int rounds = 1, int windows = 2, string? baseline = null) =>
        new()
        {
            Rounds = rounds,
            Windows = windows,
            Window = TimeSpan.FromSeconds(1),
            WarmUp = TimeSpan.FromSeconds(0.5),
            MessageBytes = 64,
            ServerCpus = new CpuSet([0]),
            LoadCpus = new CpuSet([1]),
            Seed = 42,
            Baseline = baseline,
        };

    public static Plan Plan(params PlannedCase[] cases) => new(cases, Settings());

    /// <summary>A machine that bounds nothing.</summary>
    public static MachineLimits NoLimits { get; } =
        new(
            Descriptors: 1 << 30,
            Ports: 1 << 30,
            Tasks: 1 << 30,
            TasksInUse: 100,
            MemoryMaps: 1 << 30,
            MemoryKb: 1L << 40
        );
}
