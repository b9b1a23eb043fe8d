using System.Globalization;
using C10k.Harness.Judging;
using Spectre.Console;

namespace C10k.Harness.Terminal;

/// <summary>What LoadGen and wrk counted, side by side.</summary>
internal static class CrossCheckTable
{
    public static Table Make(IEnumerable<CrossCheck> checks)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("cross-check");
        string[] numbers = ["clients", "LoadGen", "wrk", "ratio", "p99", "wrk p99", "errors"];
        foreach (var title in numbers)
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (var check in checks)
            table.AddRow(
                Markup.Escape(check.Model),
                Number(check.Clients),
                Number(check.LoadgenRps),
                Number(check.WrkRps),
                Number(check.Ratio, "0.00"),
                DisplayText.Time(check.LoadgenP99Us),
                DisplayText.Time(check.WrkP99Us),
                Number(check.Errors)
            );
        return table;
    }

    /// <summary>A line for each case of which wrk has no figure, and one that sums up the others.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<CrossCheck> checks)
    {
        foreach (var check in checks.Where(check => check.Reason is not null))
            yield return $"{check.Model} {check.Workload} {check.Clients:N0} clients: not checked with wrk: {check.Reason}";
        if (CrossCheck.Sentence(checks) is { } sentence)
            yield return sentence;
    }

    private static string Number(double? value, string format = "N0") =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
