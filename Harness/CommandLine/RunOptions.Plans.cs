using System.CommandLine;
using C10k.CommandLine;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Hosting;
using C10k.Nodes;

namespace C10k.Harness.CommandLine;

/// <content>What the options make: a plan.</content>
internal static partial class RunOptions
{
    /// <exception cref="UsageException">The options do not fit the models or the machine.</exception>
    /// <param name="seed">Where the run has one already.</param>
    public static Plan MakePlan(
        ParseResult parsed,
        IReadOnlyList<ModelInfo> models,
        RunMachines machines,
        int? seed = null
    )
    {
        var profile = ChooseProfile(parsed);
        var variants = ForeignOptions.Select(models, parsed.GetValue(Models), parsed);
        var settings = machines.Adapt(ReadSettings(parsed, profile, variants, seed));
        var cases = Cases(parsed, variants, profile, new Preflight(machines, settings.ServerCpus));
        return new Plan(cases, RunsWrk(parsed) ? WithWrk(settings, cases) : settings);
    }

    private static RunSettings WithWrk(RunSettings settings, List<PlannedCase> cases)
    {
        foreach (var workload in cases.Select(planned => planned.Workload).Distinct())
        {
            if (WrkRun.WhyNot(workload) is { } reason)
                throw new UsageException($"--load {WrkRun.Program} cannot make the workload {workload.Id}: {reason}");
        }
        return settings with { Wrk = WrkRun.Version() };
    }

    /// <summary>A plan of one round; the first of the two models is the baseline.</summary>
    public static Plan MakeDuel(ParseResult parsed, IReadOnlyList<ModelVariant> two, RunMachines machines)
    {
        var settings = machines.Adapt(ReadSettings(parsed, Profile.Duel, two, seed: null));
        var cases = Cases(parsed, two, Profile.Duel, new Preflight(machines, settings.ServerCpus));
        return new Plan(cases, settings with { Baseline = two[0].Name });
    }

    /// <summary>What every try of a search for the capacity has in common.</summary>
    public static (Workload, RunSettings) MakeCapacity(
        ParseResult parsed,
        IReadOnlyList<ModelVariant> models,
        RunMachines machines
    )
    {
        var workloads = SelectWorkloads(parsed);
        return workloads is [var workload]
            ? (workload, machines.Adapt(ReadSettings(parsed, Profile.Capacity, models, seed: 0)))
            : throw new UsageException(
                $"capacity takes one workload, and {parsed.GetValue(WorkloadIds)} names several"
            );
    }

    private static List<PlannedCase> Cases(
        ParseResult parsed,
        IReadOnlyList<ModelVariant> variants,
        Profile profile,
        Preflight preflight
    )
    {
        var cases =
            from workload in SelectWorkloads(parsed)
            from clients in parsed.GetValue(Clients) is { Length: > 0 } asked ? asked : profile.Clients
            from variant in variants
            select new PlannedCase(variant, workload, clients, preflight.WhyNot(variant, workload, clients));
        return [.. cases];
    }

    // The load generator would refuse what is too long as well, but in each case again and in the log.
    private static IReadOnlyList<Workload> SelectWorkloads(ParseResult parsed)
    {
        var workloads = WorkloadSelection.Select(parsed.GetValue(WorkloadIds)!, parsed.GetValue(Rate));
        foreach (var workload in workloads)
            WorkloadRules.CheckSize(workload, parsed.GetValue(Size));
        return workloads;
    }

    // All workloads together have a profile of their own, because they are many.
    private static Profile ChooseProfile(ParseResult parsed)
    {
        var asked = parsed.GetResult(ProfileId) is { Implicit: false };
        return asked || parsed.GetValue(WorkloadIds) != WorkloadSelection.AllOfThem
            ? Profile.All.First(profile => profile.Id == parsed.GetValue(ProfileId))
            : Profile.AllWorkloads;
    }

    private static RunSettings ReadSettings(
        ParseResult parsed,
        Profile profile,
        IReadOnlyList<ModelVariant> variants,
        int? seed
    )
    {
        var (serverCpus, loadCpus) = AssignCpus(parsed.GetValue(ServerCpus), parsed.GetValue(LoadCpus));
        return new RunSettings
        {
            Rounds = parsed.GetValue(Rounds) ?? profile.Rounds,
            Windows = parsed.GetValue(Windows) ?? profile.Windows,
            Window = parsed.GetValue(Window) ?? profile.Window,
            WarmUp = parsed.GetValue(WarmUp) ?? profile.WarmUp,
            MessageBytes = parsed.GetValue(Size),
            ServerCpus = serverCpus,
            LoadCpus = loadCpus,
            Seed = seed ?? parsed.GetValue(Seed) ?? Random.Shared.Next(1_000_000),
            CountSyscalls = parsed.GetValue(Syscalls),
            Baseline = ChooseBaseline(parsed.GetValue(Baseline), variants),
        };
    }

    // Who names one side only gets the other CPUs for the other side, as far as there are any.
    private static (CpuSet Server, CpuSet Load) AssignCpus(CpuSet? server, CpuSet? load)
    {
        var halves = CpuSet.Allowed.Halve();
        return (server, load) switch
        {
            (null, null) => halves,
            (not null, not null) => (server, load),
            (not null, null) => (server, OthersThan(server)),
            (null, not null) => (OthersThan(load), load),
        };
    }

    private static CpuSet OthersThan(CpuSet taken) =>
        CpuSet.Allowed.Except(taken) is { Cpus.Count: > 0 } others ? others : taken;

    private static string? ChooseBaseline(string? asked, IReadOnlyList<ModelVariant> variants)
    {
        var names = variants.Select(variant => variant.Name).ToList();
        if (asked is not null && !names.Contains(asked))
            throw new UsageException(
                $"the baseline '{asked}' is not among the models of this run: {Nearest.Hint(asked, names)}"
            );
        return asked ?? (names.Contains(DefaultBaseline) ? DefaultBaseline : null);
    }
}
