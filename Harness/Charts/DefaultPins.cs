using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>The models that stand out where not all can: in every picture of the page when it is opened, and in the files of time series.</summary>
internal static class DefaultPins
{
    /// <summary>How many lines can be followed at a time.</summary>
    public const int Most = 5;

    /// <summary>The baseline, the best by throughput and by p99 with the most clients, then the best of other families.</summary>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<SummaryRow> summary,
        string? baseline,
        Func<string, string> familyOf
    )
    {
        var measured = summary.Where(row => row is { Status: CaseStatus.Ok, ThroughputRps: > 0 }).ToList();
        var clients = measured.Select(row => row.Clients).DefaultIfEmpty(0).Max();
        var there = measured
            .Where(row => row.Clients == clients && row.Workload == measured[0].Workload)
            .OrderBy(row => row.Verdict == Verdict.Starved)
            .ThenByDescending(row => row.ThroughputRps)
            .ToList();
        var pins = new List<string>();
        Pin(baseline);
        Pin(there.FirstOrDefault()?.Model);
        Pin(there.Where(row => row.P99Us is not null && row.Verdict != Verdict.Starved).MinBy(row => row.P99Us)?.Model);
        foreach (var row in there)
        {
            if (pins.TrueForAll(pin => familyOf(pin) != familyOf(row.Model)))
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
