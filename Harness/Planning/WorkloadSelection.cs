using C10k.CommandLine;

namespace C10k.Harness.Planning;

/// <summary>Finds the workloads that <c>--workload</c> asks for: ids, variants (<c>id:field=value,…</c>), files, or <c>all</c>.</summary>
internal static class WorkloadSelection
{
    /// <summary>The word that stands for every workload there is.</summary>
    public const string AllOfThem = "all";

    private const string FileSuffix = ".json";

    /// <summary>The workloads in the order in which they were asked for, each once.</summary>
    /// <param name="rate">Makes all of them open loops at this rate; null where they stay what they are.</param>
    /// <exception cref="UsageException">A word that names no workload, a field that cannot be what it is to be, or two workloads of one id.</exception>
    public static IReadOnlyList<Workload> Select(string asked, double? rate = null)
    {
        var names = asked == AllOfThem ? WorkloadCatalogue.Everything : NameList.Split(asked);
        var found = names.Select(Find).ToList();
        CheckIds(found);
        var workloads = rate is { } fixedRate ? found.Select(workload => AtRate(workload, fixedRate)) : found;
        return [.. workloads.DistinctBy(workload => workload.Id)];
    }

    // Results go by the id alone. What has no file has its id from what it is.
    private static void CheckIds(List<Workload> workloads)
    {
        foreach (var workload in workloads)
        {
            var first = workloads.First(other => other.Id == workload.Id);
            if (workload.File is { } file && Path.GetFullPath(file) != Path.GetFullPath(first.File!))
                throw new UsageException(
                    $"workload {file}: the id '{workload.Id}' is taken by {first.File}: choose another"
                );
        }
    }

    private static Workload Find(string name)
    {
        if (name.EndsWith(FileSuffix, StringComparison.Ordinal))
            return WorkloadFile.Read(name);
        if (name.Split(':', 2) is not [var id, var fields])
            return Named(name);
        var workload = Named(id);
        foreach (var pair in fields.Split(','))
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } key, { Length: > 0 } value])
                throw new UsageException($"workload '{name}': behind the colon stands field=value,…");
            workload = Set(workload, key, value, $"workload '{name}'");
        }
        return WorkloadRules.Check(workload with { Id = name }, $"workload '{name}'");
    }

    /// <summary>The workload with a field set.</summary>
    /// <param name="where">What is to blame when it cannot be: a workload's name, or a file's.</param>
    public static Workload Set(Workload workload, string key, string value, string where)
    {
        var field =
            WorkloadField.All.FirstOrDefault(candidate => candidate.Name == key)
            ?? throw new UsageException(
                $"{where}: no workload has a field '{key}': {Nearest.Hint(key, WorkloadField.All.Select(known => known.Name))}"
            );
        return field.Set(workload, value)
            ?? throw new UsageException($"{where}: field '{key}' takes {field.Takes}; not '{value}'");
    }

    /// <summary>The workload that comes with the bench under this id.</summary>
    public static Workload Named(string id) =>
        WorkloadCatalogue.All.FirstOrDefault(workload => workload.Id == id)
        ?? throw new UsageException($"unknown workload '{id}': {Hint(id)}");

    // What has a weight was to be one more size of the workload before, and a comma has ended that.
    private static string Hint(string id) =>
        id.Contains('*', StringComparison.Ordinal)
            ? "sizes with weights have + between them here, as in echo:size=64*9+4096*1"
            : Nearest.Hint(id, WorkloadCatalogue.All.Select(known => known.Id).Append(AllOfThem));

    // Called like the variant that it is, so that tables and later runs know it by its name.
    private static Workload AtRate(Workload workload, double rate)
    {
        var value = rate.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var separator = workload.Id.Contains(':', StringComparison.Ordinal) ? ',' : ':';
        var renamed = workload with { Id = $"{workload.Id}{separator}rate={value}" };
        return WorkloadRules.Check(Set(renamed, "rate", value, "--rate"), $"--rate with workload '{workload.Id}'");
    }
}
