using System.Globalization;
using C10k.Harness.Results;

namespace C10k.Harness.Judging;

/// <summary>What was observed of a case, as far as it explains its figure.</summary>
/// <param name="Connected">Clients whose connection was established.</param>
/// <param name="Served">Clients that got a reply.</param>
/// <param name="ServerLoad">The server's CPU time as a share of what it could use; null where it is not known.</param>
/// <param name="LoadLoad">The load generator's CPU time as a share of what it could use.</param>
/// <param name="ServesAtOnce">How many clients the model can serve at the same moment; null where it sets no bound of its own.</param>
internal sealed record Evidence(
    int Clients,
    int Connected,
    int Served,
    double? ServerLoad,
    double LoadLoad,
    int? ServesAtOnce = null
);

/// <summary>Says why a figure is what it is.</summary>
internal static class VerdictRules
{
    // Above this share a CPU counts as full: the rest is lost to interrupts and to whatever else the machine does.
    private const double Full = 0.9;

    public static Verdict Judge(Evidence seen)
    {
        if (seen.Served < seen.Clients)
            return Verdict.Starved;
        var server = seen.ServerLoad ?? 0;
        if (server >= Full && server >= seen.LoadLoad)
            return Verdict.ServerBound;
        return seen.LoadLoad >= Full ? Verdict.LoadBound : Verdict.Idle;
    }

    public static string Explain(Evidence seen)
    {
        var server = seen.ServerLoad is { } load ? Share(load) : "unknown";
        var busy = $"server CPU {server}, load CPU {Share(seen.LoadLoad)}";
        return seen.Served < seen.Clients
            ? $"{seen.Connected} of {seen.Clients} clients connected, {seen.Served} served{Bound(seen)}; {busy}"
            : busy;
    }

    private static string Bound(Evidence seen) =>
        seen.ServesAtOnce < seen.Clients ? $" (the model serves {seen.ServesAtOnce} at once)" : "";

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
