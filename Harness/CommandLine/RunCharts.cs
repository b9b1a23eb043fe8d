using C10k.Harness.Charts;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Harness.Terminal;

namespace C10k.Harness.CommandLine;

/// <summary>Draws what came out of a run.</summary>
internal static class RunCharts
{
    /// <param name="foot">The machine and the run in one line, below each chart.</param>
    public static void Draw(Plan plan, RunOutcome outcome, string foot, ResultsFolder folder, IRunDisplay display)
    {
        display.Phase("drawing");
        var families = plan
            .Cases.Select(planned => planned.Model)
            .ToLookup(model => model.Name, model => model.Info.Family);
        var charts = ChartSet.Of(
            [.. outcome.Rows.OrderBy(row => PlaceIn(plan, row))],
            outcome.Latencies,
            model => families[model].First(),
            foot
        );
        ChartFiles.Draw(charts, folder.Charts, display.Note);
    }

    // Cases run in a shuffled order, but a chart should look the same every time.
    private static int PlaceIn(Plan plan, SummaryRow row) =>
        plan.Cases.TakeWhile(planned => planned.Model.Name != row.Model || planned.Clients != row.Clients).Count();
}
