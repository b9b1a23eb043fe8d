using System.Globalization;
using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Results;

namespace C10k.Harness.Judging;

/// <summary>Why the figures of a case are what they are: the verdict on its row, in a word and with the evidence.</summary>
internal static class CaseVerdict
{
    /// <summary>The same row with its verdict, and with the reasons for doubt.</summary>
    public static SummaryRow On(SummaryRow row, CaseRecord record, RunSettings settings)
    {
        var model = record.Case.Model;
        var spun = record.Reports.Sum(report => report.SpunSeconds) / record.Reports.Sum(report => report.Seconds);
        row = WithOthers(row, settings, spun);
        // Who went with his load generator was not left unserved by the server.
        var clients = row.Clients - record.Measured.Max(round => round.Lost.Sum(load => load.Clients));
        var evidence = new Evidence(
            clients,
            row.ClientsConnected ?? 0,
            row.ClientsServed ?? 0,
            row.ServerCpuCores / model.UsesCpus(settings.ServerCpus),
            record.Reports.Average(report => report.CpuUtilization),
            model.ServesAtOnce(settings.ServerCpus)
        )
        {
            Active = record.Case.Workload.ActiveOf(clients),
            Spared = record.Measured.Max(round => round.Windows[^1].Report.Spared),
            RateAsked = row.RateAskedRps,
            RateAnswered = row.ThroughputRps,
            ServerCpusBusy = row.ServerCpusBusyCores / settings.ServerCpus.Cpus.Count,
            LoadCpusBusy = (row.LoadCpusBusyCores - spun) / settings.LoadCpus.Cpus.Count,
            LoadSaysBound = LoadReport.LoadBoundReasonOf([.. record.Reports]) is not null,
        };
        var failed = record.Rounds.Count - record.Measured.Count();
        var note = failed == 0 ? "" : $"; {failed} of {record.Rounds.Count} rounds failed: {row.Reason}";
        return row with
        {
            Verdict = VerdictRules.Judge(evidence),
            Reason = string.Join(
                "; ",
                [CrashText(row, record) + VerdictRules.Explain(evidence) + note, .. Notes(row, record)]
            ),
            Suspect = Consistency.WhySuspect(row, record, settings),
        };
    }

    // Whoever spins would be on the CPU for less if he had to: it is his own time, and no sign of being full.
    private static SummaryRow WithOthers(SummaryRow row, RunSettings settings, double spun)
    {
        // On shared CPUs each side is a stranger to the other.
        if (settings.SidesShareCpus)
            return row;
        var (server, load) = (settings.ServerCpus.Cpus.Count, settings.LoadCpus.Cpus.Count);
        return row with
        {
            ServerCpusOthers = Others(row.ServerCpusBusyCores, row.ServerCpuCores, server),
            LoadCpusOthers = Others(row.LoadCpusBusyCores, row.LoadCpuCores + spun, load),
        };
    }

    // The two are not looked at in the same instant, and their difference may be a little below nothing.
    private static double? Others(double? busy, double? own, int cpus) =>
        (busy - own) / cpus is { } share ? Math.Max(0, share) : null;

    private static IEnumerable<string> Notes(SummaryRow row, CaseRecord record)
    {
        if (row.Unanswered > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Unanswered} requests had no reply when the load had ended"
            );
        foreach (var note in record.Measured.Select(round => round.Note).OfType<string>().Distinct())
            yield return note;
    }

    private static string CrashText(SummaryRow row, CaseRecord record)
    {
        if (!record.Case.Workload.IsCommandedOnce)
            return "";
        if (row.ConnectionsLost is not { } lost)
            return "the message crashed nothing; ";
        var whole = row.RecoveryMs is { } ms
            ? string.Create(CultureInfo.InvariantCulture, $"whole again after {ms:0} ms")
            : "it did not come back";
        return $"a crashed handler took {lost} of {row.ClientsConnected} connections along, {whole}; ";
    }
}
