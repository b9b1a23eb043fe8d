using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>The models that are pinned when the page is opened.</summary>
internal static class DefaultPins
{
    /// <summary>How many lines can be followed at a time.</summary>
    public const int Most = 5;

    /// <summary>The baseline, the best by throughput and by p99 with the most clients, then the best of other families.</summary>
    public static IReadOnlyList<string> Of(RunData data)
    {
        var measured = data.Summary.Where(row => row is { Status: CaseStatus.Ok, ThroughputRps: > 0 }).ToList();
        var clients = measured.Select(row => row.Clients).DefaultIfEmpty(0).Max();
        var there = measured
            .Where(row => row.Clients == clients && row.Workload == measured[0].Workload)
            .OrderBy(row => row.Verdict == Verdict.Starved)
            .ThenByDescending(row => row.ThroughputRps)
            .ToList();
        var pins = new List<string>();
        Pin(data.Baseline);
        Pin(there.FirstOrDefault()?.Model);
        Pin(there.Where(row => row.P99Us is not null && row.Verdict != Verdict.Starved).MinBy(row => row.P99Us)?.Model);
        foreach (var row in there)
        {
            if (pins.TrueForAll(pin => data.FamilyOf(pin) != data.FamilyOf(row.Model)))
                Pin(row.Model);
        }
        return pins;

        void Pin(string? model)
        {
            if (model is not null && pins.Count < Most && !pins.Contains(model))
                pins.Add(model);
        }
    }
}
