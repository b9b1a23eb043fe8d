using System.CommandLine;
using System.Text.Json;
using C10k.CommandLine;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Nodes.Agents;

namespace C10k.Harness.CommandLine;

/// <summary>A run that was broken off, and is gone on with: it has the options that it was started with, and its folder.</summary>
internal sealed record ResumedRun(
    ResultsFolder Folder,
    ParseResult Options,
    int Seed,
    string BenchVersion,
    string? Commit
)
{
    /// <summary>The agents of its beginning; null where the folder does not tell, as those of before.</summary>
    public IReadOnlyList<ResumedAgent>? Agents { get; private init; }

    /// <summary>The CPUs of its server; null as above.</summary>
    public string? ServerCpus { get; private init; }

    /// <summary>Those of its load.</summary>
    public string? LoadCpus { get; private init; }

    /// <summary>What the files held that it named; none as above.</summary>
    public IReadOnlyDictionary<string, string> FileHashes { get; private init; } = new Dictionary<string, string>();

    /// <exception cref="UsageException">There is no such run.</exception>
    public static ResumedRun Open(string path, RootCommand root)
    {
        var file = Path.Combine(path, "environment.json");
        if (!File.Exists(file))
            throw new UsageException($"--resume {path}: there is no environment.json: name a folder under results/");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            var run = json.RootElement;
            string[] arguments = [.. run.GetProperty("arguments").EnumerateArray().Select(word => word.GetString()!)];
            var (parsed, mistake) = CommandLineProgram.Parse(root, arguments);
            var options = parsed ?? throw new UsageException($"--resume {path}: {mistake}");
            RequireRun(options.CommandResult.Command, path);
            return new ResumedRun(
                ResultsFolder.At(path),
                options,
                run.GetProperty("seed").GetInt32(),
                run.GetProperty("bench_version").GetString()!,
                run.GetProperty("commit").GetString()
            )
            {
                Agents = Find(run, "agents") is { } agents
                    ? [.. agents.EnumerateArray().Select(ResumedAgent.Read)]
                    : null,
                ServerCpus = Find(run, "server_cpus")?.GetString(),
                LoadCpus = Find(run, "load_cpus")?.GetString(),
                FileHashes = ReadHashes(run),
            };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--resume {path}: {refused.Message}");
        }
        catch (Exception wrong)
            when (wrong is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"--resume {path}: environment.json does not tell how the run was started");
        }
    }

    private static Dictionary<string, string> ReadHashes(JsonElement run) =>
        Find(run, "file_hashes") is { } files
            ? files
                .EnumerateObject()
                .DistinctBy(file => file.Name)
                .ToDictionary(file => file.Name, file => file.Value.ToString())
            : new();

    private static JsonElement? Find(JsonElement run, string name) =>
        run.TryGetProperty(name, out var value) ? value : null;

    // The options of other commands are not a run's: with them it would be every model that goes on.
    private static void RequireRun(Command command, string path)
    {
        if (command is not RootCommand && command.Name != "run")
            throw new UsageException(
                $"--resume {path}: holds what '{command.Name}' found, and only a run can be gone on with: start it again"
            );
    }

    /// <summary>Sees to it that the other machines are those of its beginning: the environment may have named them, and may have changed.</summary>
    /// <exception cref="UsageException">They are others, or this machine takes their place.</exception>
    public void RequireAgents(IReadOnlyList<AgentFacts> now)
    {
        if (Agents is null)
            return;
        var missing = Agents.ToList();
        foreach (var (_, facts) in now)
        {
            if (missing.FindIndex(agent => agent.Is(facts)) is >= 0 and var found)
                missing.RemoveAt(found);
        }
        if (missing.Count > 0 || now.Count != Agents.Count)
            throw new UsageException(
                $"--resume {Folder.FullPath}: was begun with {Told(Agents)}, and would go on with {Told([.. now.Select(agent => ResumedAgent.Of(agent.Facts))])}: name the same agents as then, in the environment where that named them"
            );
    }

    private static string Told(IReadOnlyList<ResumedAgent> agents) =>
        agents.Count == 0 ? "no agents" : string.Join(", ", agents);

    /// <summary>What would make the rest of the run another one than its beginning.</summary>
    public IEnumerable<string> Warnings(RunEnvironment now)
    {
        if ((now.BenchVersion, now.Commit) != (BenchVersion, Commit))
            yield return $"the run was begun with version {BenchVersion} ({Commit}) and goes on with {now.BenchVersion} ({now.Commit})";
        if (ServerCpus is not null && ServerCpus != now.ServerCpus)
            yield return $"the run was begun with the server on CPU {ServerCpus} and goes on with it on CPU {now.ServerCpus}";
        if (LoadCpus is not null && LoadCpus != now.LoadCpus)
            yield return $"the run was begun with the load on CPU {LoadCpus} and goes on with it on CPU {now.LoadCpus}";
        foreach (var (file, _) in FileHashes.Where(known => now.FileHashes.GetValueOrDefault(known.Key) != known.Value))
            yield return $"{file} is not what it was when the run was begun: it was changed, or another folder is the current one";
    }
}

/// <summary>What a run knows of one of the agents that it was begun with.</summary>
/// <param name="Program">Which side it was.</param>
/// <param name="MachineId">Of the kernel, as it was started then.</param>
internal sealed record ResumedAgent(string Program, string Host, string? MachineId)
{
    public static ResumedAgent Of(NodeFacts facts) => new(facts.Program, facts.Host, facts.MachineId);

    public static ResumedAgent Read(JsonElement agent)
    {
        var facts = agent.GetProperty("facts");
        return new ResumedAgent(
            facts.GetProperty("program").GetString()!,
            facts.GetProperty("host").GetString()!,
            facts.TryGetProperty("machine_id", out var id) ? id.GetString() : null
        );
    }

    /// <summary>Whether it is this one. A container that was made anew is called otherwise, and a machine that was started anew has another id.</summary>
    public bool Is(NodeFacts now) => Program == now.Program && (Host == now.Host || MachineId == now.MachineId);

    public override string ToString() => $"{Program} on {Host}";
}
