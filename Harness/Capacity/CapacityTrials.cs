using System.Globalization;
using C10k.CommandLine;
using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Harness.Trials;

namespace C10k.Harness.Capacity;

/// <summary>Tries one value of a search at a time, each with a fresh server, and says whether it holds and why not.</summary>
/// <param name="slo">The service level: the most that the 99th percentile of the response time may be.</param>
/// <param name="tell">Hears of every try.</param>
internal sealed class CapacityTrials(
    TrialEnvironment trials,
    ModelVariant model,
    Workload workload,
    TimeSpan slo,
    Action<CapacityRow> tell,
    CancellationToken stop
)
{
    // One request more or less, which a border cuts off, is not to decide; nor are there to be so few that it would be a great share.
    private const int FewestRequests = 10;

    /// <summary>Whether the rate is kept, without an error and within the service level.</summary>
    public bool HoldsRate(int clients, int rate)
    {
        var planned = new PlannedCase(model, workload with { Rate = rate, RateShare = null, Think = null }, clients);
        return Try(CapacityKind.Rate, planned, SettingsFor(rate), WhyNotRate);
    }

    /// <summary>Whether so many clients connect and are served, without an error.</summary>
    public bool HoldsClients(int clients) =>
        Try(CapacityKind.Clients, new PlannedCase(model, workload, clients), trials.Settings, WhyNotClients);

    private RunSettings SettingsFor(int rate)
    {
        var settings = trials.Settings;
        var least = TimeSpan.FromSeconds((double)FewestRequests / rate / settings.Windows);
        return settings with { Window = least > settings.Window ? least : settings.Window };
    }

    // A measurement that is not to be trusted decides nothing, but for the second in a row: the machine will not become better.
    private bool Try(
        CapacityKind searched,
        PlannedCase planned,
        RunSettings settings,
        Func<PlannedCase, RunSettings, SummaryRow, string?> whyNot
    )
    {
        var row = Run(planned, settings);
        if (row.Suspect is not null)
        {
            Tell(searched, planned, row, whyNot(planned, settings, row), counts: false);
            row = Run(planned, settings);
        }
        var reason = whyNot(planned, settings, row);
        Tell(searched, planned, row, reason, counts: true);
        return reason is null;
    }

    private SummaryRow Run(PlannedCase planned, RunSettings settings)
    {
        var record = new CaseRecord(planned);
        record.Add(new Trial(trials with { Settings = settings }, planned, round: 1, stop).Run());
        return SummaryBuilder.Build(record, settings);
    }

    private void Tell(CapacityKind searched, PlannedCase planned, SummaryRow row, string? whyNot, bool counts) =>
        tell(
            new CapacityRow
            {
                Model = row.Model,
                Workload = row.Workload,
                Searched = searched,
                Clients = row.Clients,
                RateAskedRps = searched == CapacityKind.Rate ? planned.Workload.Rate : null,
                Holds = whyNot is null,
                Reason = whyNot,
                ThroughputRps = row.ThroughputRps,
                P50Us = row.P50Us,
                P99Us = row.P99Us,
                ClientsConnected = row.ClientsConnected,
                ClientsServed = row.ClientsServed,
                Errors = row.Errors,
                Suspect = row.Suspect,
                Counts = counts,
            }
        );

    private string? WhyNotRate(PlannedCase planned, RunSettings settings, SummaryRow row) =>
        WhyNotAtAll(row)
        ?? (
            MissesRate(planned, settings, row)
                ? string.Create(CultureInfo.InvariantCulture, $"{row.ThroughputRps:N0} requests/s were answered")
                : null
        )
        ?? (
            row.P99Us > slo.TotalMicroseconds
                // To the microsecond: rounded, it may be the service level itself.
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"p99 is {row.P99Us:N0} µs, over {Quantities.Format(slo)}"
                )
                : null
        );

    private static bool MissesRate(PlannedCase planned, RunSettings settings, SummaryRow row)
    {
        var seconds = (planned.Workload.WindowOf(planned.Clients, settings.Window) * settings.Windows).TotalSeconds;
        return VerdictRules.MissesRate(row.ThroughputRps + 1 / seconds, planned.Workload.Rate);
    }

    private static string? WhyNotClients(PlannedCase planned, RunSettings settings, SummaryRow row) =>
        WhyNotAtAll(row)
        ?? (
            row.ClientsConnected < row.Clients || row.ClientsServed < row.Clients
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.ClientsConnected:N0} clients were connected, {row.ClientsServed:N0} were served"
                )
                : null
        );

    private static string? WhyNotAtAll(SummaryRow row)
    {
        if (row.Status != CaseStatus.Ok)
            return row.Reason;
        return row.Errors > 0 ? string.Create(CultureInfo.InvariantCulture, $"{row.Errors:N0} errors") : null;
    }
}
