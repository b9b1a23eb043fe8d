using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Nodes;

namespace C10k.Harness.Recording;

/// <summary><c>environment.json</c> where there is no run, and what is added to that of a run at its end.</summary>
internal static class EnvironmentFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly string[] OfARun =
    [
        .. typeof(RunEnvironment)
            .GetProperties()
            .Where(property => property.IsDefined(typeof(OfARunAttribute)))
            .Select(property => SnakeCase.Of(property.Name)),
    ];

    /// <summary>Writes what is known of the machine where there is no run.</summary>
    public static void WriteMachine(string path, DateTimeOffset startedUtc)
    {
        var settings = new RunSettings
        {
            Rounds = 0,
            Windows = 0,
            Window = TimeSpan.Zero,
            WarmUp = TimeSpan.Zero,
            MessageBytes = 0,
            ServerCpus = CpuSet.Allowed,
            LoadCpus = CpuSet.Allowed,
            Seed = 0,
        };
        var machine = RunEnvironment.Read(settings, MachineLimits.Read(), startedUtc);
        var json = JsonNode.Parse(machine.ToJson())!.AsObject();
        foreach (var field in OfARun)
            json.Remove(field);
        json["line"] = string.Create(
            CultureInfo.InvariantCulture,
            $"{machine.Cpu}, Linux {machine.Kernel}, .NET {machine.Dotnet}, {startedUtc:yyyy-MM-dd HH:mm} UTC"
        );
        WholeFile.Write(path, json.ToJsonString(Indented));
    }

    /// <summary>Sets one field, and leaves the others as they are.</summary>
    public static void Set(string path, string field, JsonNode value)
    {
        var environment = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        environment[field] = value;
        WholeFile.Write(path, environment.ToJsonString(Indented));
    }
}
