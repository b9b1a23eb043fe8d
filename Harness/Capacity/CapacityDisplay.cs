using System.Globalization;
using C10k.Harness.Results;
using C10k.Harness.Terminal;

namespace C10k.Harness.Capacity;

/// <summary>Tells of a search while it goes on: a line for each try, and what is known where it is interrupted.</summary>
internal sealed class CapacityDisplay(TextWriter output)
{
    private CapacityRow? _highest;

    /// <summary>How a search goes, for whoever has to wait for it.</summary>
    public void Begin(TimeSpan oneTry) =>
        output.WriteLine(
            $"each try takes about {DisplayText.Left(oneTry)}, and a search some twenty; a value that fails is tried up to three times, two of which decide"
        );

    public void Tell(CapacityRow row)
    {
        if (row is { Counts: true, Holds: true } && !(Value(row) < Highest(row)))
            _highest = row;
        output.WriteLine($"{row.Model} {Asked(row)}: {Outcome(row)}");
    }

    /// <summary>What is known when it is interrupted.</summary>
    public void Interrupt() =>
        output.WriteLine(
            _highest is { } held
                ? $"interrupted; the highest value of {held.Model} that held so far: {Asked(held)}"
                : "interrupted; no value held so far"
        );

    private double Highest(CapacityRow row) =>
        _highest is { } held && held.Model == row.Model && held.Searched == row.Searched ? Value(held) : 0;

    private static double Value(CapacityRow row) => row.RateAskedRps ?? row.Clients;

    private static string Outcome(CapacityRow row)
    {
        if (!row.Counts)
            return $"tried again, for this does not count: {row.Suspect}";
        return row.Holds ? $"holds, p99 {DisplayText.Time(row.P99Us)}" : $"no, {row.Reason}";
    }

    private static string Asked(CapacityRow row) =>
        row.RateAskedRps is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{rate:N0} requests/s of {row.Clients:N0} clients")
            : string.Create(CultureInfo.InvariantCulture, $"{row.Clients:N0} clients");
}
