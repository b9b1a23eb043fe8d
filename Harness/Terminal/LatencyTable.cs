using System.Globalization;
using C10k.Harness.Results;
using Spectre.Console;

namespace C10k.Harness.Terminal;

/// <summary>What operations take, as it is and as if a CPU cycle took a second.</summary>
internal static class LatencyTable
{
    public static Table Make(IEnumerable<MachineLatencyRow> rows)
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .AddColumn("operation")
            .AddColumn(new TableColumn("time").RightAligned())
            .AddColumn(new TableColumn("if a CPU cycle took a second").RightAligned());
        foreach (var row in rows)
            table.AddRow(Markup.Escape(row.Title), Time(row.MedianNs), Scaled(row.ScaledSeconds));
        return table;
    }

    /// <summary>A time in the unit that suits it, to three digits.</summary>
    public static string Time(double? nanoseconds) =>
        nanoseconds switch
        {
            null => "–",
            >= 1e9 => $"{Digits(nanoseconds.Value / 1e9)} s",
            >= 1e6 => $"{Digits(nanoseconds.Value / 1e6)} ms",
            >= 1e3 => $"{Digits(nanoseconds.Value / 1e3)} µs",
            _ => $"{Digits(nanoseconds.Value)} ns",
        };

    /// <summary>A time as people live it: seconds, minutes, hours, days, months, years.</summary>
    public static string Scaled(double? seconds) =>
        seconds switch
        {
            null => "–",
            >= 2 * Year => $"{Digits(seconds.Value / Year)} years",
            >= 2 * Month => $"{Digits(seconds.Value / Month)} months",
            >= 2 * Day => $"{Digits(seconds.Value / Day)} days",
            >= 2 * Hour => $"{Digits(seconds.Value / Hour)} hours",
            >= 2 * Minute => $"{Digits(seconds.Value / Minute)} minutes",
            _ => $"{Digits(seconds.Value)} s",
        };

    private const double Minute = 60;
    private const double Hour = 60 * Minute;
    private const double Day = 24 * Hour;
    private const double Year = 365.25 * Day;
    private const double Month = Year / 12;

    private static string Digits(double value) =>
        value.ToString(
            value >= 100 ? "N0"
                : value >= 10 ? "0.0"
                : "0.00",
            CultureInfo.InvariantCulture
        );
}
