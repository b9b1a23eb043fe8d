using C10k.Nodes;

namespace C10k.Harness.Planning;

/// <summary>One case: model × workload × clients.</summary>
/// <param name="SkipReason">Why it cannot run on this machine, or null where it can.</param>
internal sealed record PlannedCase(ModelVariant Model, Workload Workload, int Clients, string? SkipReason = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Model.Name} {Workload.Id} {Clients:N0} clients";
}

/// <summary>How each case is run.</summary>
internal sealed record RunSettings
{
    public required int Rounds { get; init; }
    public required int Windows { get; init; }
    public required TimeSpan Window { get; init; }
    public required TimeSpan WarmUp { get; init; }
    public required int MessageBytes { get; init; }
    public required CpuSet ServerCpus { get; init; }
    public required CpuSet LoadCpus { get; init; }
    public required int Seed { get; init; }
    public string? Baseline { get; init; }

    /// <summary>Whether system calls are counted, in a window of their own.</summary>
    public bool CountSyscalls { get; init; }

    /// <summary>The wrk that makes load too, with its version; null where LoadGen alone does.</summary>
    public string? Wrk { get; init; }

    /// <summary>Whether server and load run on different machines, so that their CPUs of one number are not the same.</summary>
    public bool SidesAreApart { get; init; }

    /// <summary>Whether the two disturb each other.</summary>
    public bool SidesShareCpus => !SidesAreApart && ServerCpus.Cpus.Intersect(LoadCpus.Cpus).Any();
}

/// <summary>Everything that will be run, decided before anything starts.</summary>
internal sealed record Plan(IReadOnlyList<PlannedCase> Cases, RunSettings Settings)
{
    /// <summary>The cases that can run.</summary>
    public IReadOnlyList<PlannedCase> Runnable { get; } = [.. Cases.Where(planned => planned.SkipReason is null)];

    /// <summary>The models of all cases, as often as they occur.</summary>
    public IEnumerable<ModelVariant> Models => Cases.Select(planned => planned.Model);

    /// <summary>One pass over all runnable cases, in an order of its own that the seed repeats.</summary>
    public IReadOnlyList<PlannedCase> Round(int round)
    {
        var cases = Runnable.ToArray();
        new Random(HashCode(Settings.Seed, round)).Shuffle(cases);
        return cases;
    }

    /// <summary>How long all of it should take.</summary>
    public TimeSpan Estimate()
    {
        // The longest run that the options allow takes longer than a TimeSpan can tell.
        var ticks = Runnable.Sum(planned => (double)CaseEstimate.Of(planned, Settings).Ticks) * Settings.Rounds;
        return ticks < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : TimeSpan.MaxValue;
    }

    // Not System.HashCode, which differs from process to process.
    private static int HashCode(int seed, int round) => unchecked(seed * 31 + round);
}
