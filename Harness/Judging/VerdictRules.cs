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
)
{
    /// <summary>The share of the server's CPUs that was busy, whoever kept them so; null where it is not known.</summary>
    public double? ServerCpusBusy { get; init; }

    /// <summary>The same of the load generator's.</summary>
    public double? LoadCpusBusy { get; init; }

    /// <summary>Requests a second that were asked; null where clients send as soon as they have their reply.</summary>
    public double? RateAsked { get; init; }

    /// <summary>Requests a second that were answered.</summary>
    public double? RateAnswered { get; init; }

    /// <summary>Clients that asked; the others only stayed connected.</summary>
    public int Active { get; init; } = Clients;

    /// <summary>Clients without a reply whom the server owes none, see <see cref="Contract.LoadReport.Spared"/>.</summary>
    public int Spared { get; init; }

    /// <summary>Whether there are clients without a connection, or without a reply that they asked for.</summary>
    public bool IsStarved => Served + Spared < Active || Connected < Clients;

    /// <summary>Whether the load generator itself says that it could not keep up.</summary>
    public bool LoadSaysBound { get; init; }
}

/// <summary>Says why a figure is what it is.</summary>
internal static class VerdictRules
{
    // Above this share a CPU counts as full: the rest is lost to interrupts and to whatever else the machine does.
    private const double Full = 0.9;

    // A rate is kept when so much of it was answered.
    private const double Kept = 0.98;

    // What is told of others' CPU time only when it is more than a trifle.
    private const double Trifle = 0.05;

    public static Verdict Judge(Evidence seen)
    {
        if (seen.IsStarved)
            return Verdict.Starved;
        var server = seen.ServerLoad ?? 0;
        // CPUs that strangers have filled are full: who waits for them is bound, and not idle.
        var serverFull = server >= Full || seen.ServerCpusBusy >= Full;
        var loadFull = seen.LoadLoad >= Full || seen.LoadCpusBusy >= Full || seen.LoadSaysBound;
        if (serverFull && (!loadFull || server >= seen.LoadLoad))
            return Verdict.ServerBound;
        if (loadFull)
            return Verdict.LoadBound;
        return MissesRate(seen.RateAnswered, seen.RateAsked) ? Verdict.RateMissed : Verdict.Idle;
    }

    /// <summary>Whether so few of the requests per second were answered that the rate was not kept; false where none was asked.</summary>
    public static bool MissesRate(double? answered, double? asked) => answered < asked * Kept;

    public static string Explain(Evidence seen)
    {
        var busy =
            $"server CPU {Share(seen.ServerLoad)}{Others(seen.ServerLoad, seen.ServerCpusBusy)}, "
            + $"load CPU {Share(seen.LoadLoad)}{Others(seen.LoadLoad, seen.LoadCpusBusy)}";
        if (MissesRate(seen.RateAnswered, seen.RateAsked))
            busy = string.Create(
                CultureInfo.InvariantCulture,
                $"{seen.RateAnswered:0} of {seen.RateAsked:0} requests/s were answered; {busy}"
            );
        return seen.IsStarved
            ? $"{seen.Connected} of {seen.Clients} clients connected, {seen.Served}{Of(seen)} served{Bound(seen)}; {busy}"
            : busy;
    }

    private static string Of(Evidence seen) => seen.Active < seen.Clients ? $" of {seen.Active} that asked" : "";

    private static string Bound(Evidence seen) =>
        seen.ServesAtOnce < seen.Clients ? $" (the model serves {seen.ServesAtOnce} at once)" : "";

    private static string Others(double? own, double? all) =>
        all - own > Trifle && all >= Full ? $" (all programs together {Share(all)})" : "";

    private static string Share(double? share) =>
        share is null ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
