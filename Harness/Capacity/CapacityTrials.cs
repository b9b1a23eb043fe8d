using System.Globalization;
using C10k.CommandLine;
using C10k.Harness.Judging;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Harness.Terminal;
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
    /// <summary>Whether the rate is kept, without an error and within the service level.</summary>
    public bool HoldsRate(int clients, double rate)
    {
        var open = workload with { Rate = rate, RateShare = null, Think = null };
        var row = Run(new PlannedCase(model, open, clients));
        return Tell(CapacityKind.Rate, row, rate, WhyNotRate(row, rate));
    }

    /// <summary>Whether so many clients connect and are served, without an error.</summary>
    public bool HoldsClients(int clients)
    {
        var row = Run(new PlannedCase(model, workload, clients));
        return Tell(CapacityKind.Clients, row, null, WhyNotClients(row));
    }

    private SummaryRow Run(PlannedCase planned)
    {
        var record = new CaseRecord(planned);
        record.Add(new Trial(trials, planned, round: 1, stop).Run());
        return SummaryBuilder.Build(record, trials.Settings);
    }

    private bool Tell(CapacityKind searched, SummaryRow row, double? rate, string? whyNot)
    {
        tell(
            new CapacityRow
            {
                Model = row.Model,
                Workload = row.Workload,
                Searched = searched,
                Clients = row.Clients,
                RateAskedRps = rate,
                Holds = whyNot is null,
                Reason = whyNot,
                ThroughputRps = row.ThroughputRps,
                P50Us = row.P50Us,
                P99Us = row.P99Us,
                ClientsConnected = row.ClientsConnected,
                ClientsServed = row.ClientsServed,
                Errors = row.Errors,
            }
        );
        return whyNot is null;
    }

    private string? WhyNotRate(SummaryRow row, double rate) =>
        WhyNotAtAll(row)
        ?? (
            VerdictRules.MissesRate(row.ThroughputRps, rate)
                ? string.Create(CultureInfo.InvariantCulture, $"{row.ThroughputRps:N0} requests/s were answered")
                : null
        )
        ?? (
            row.P99Us > slo.TotalMicroseconds
                ? $"p99 is {DisplayText.Time(row.P99Us)}, over {Quantities.Format(slo)}"
                : null
        );

    private static string? WhyNotClients(SummaryRow row) =>
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
