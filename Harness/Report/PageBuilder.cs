using C10k.Harness.Charts;
using C10k.Harness.Judging;
using C10k.Harness.Results;

namespace C10k.Harness.Report;

/// <summary>Makes all that the page shows from what the files of a run say.</summary>
internal sealed class PageBuilder
{
    private readonly RunData _data;
    private readonly Dictionary<string, ModelView> _models;
    private readonly IReadOnlyList<string> _pins;
    private readonly Dictionary<SummaryRow, string> _rowIds;

    private PageBuilder(RunData data)
    {
        _data = data;
        _models = data.Models.ToDictionary(model => model, Describe);
        _pins = DefaultPins.Of(data.Summary, data.Baseline, data.FamilyOf);
        _rowIds = data
            .Summary.Select((row, n) => (row, n))
            .ToDictionary(pair => pair.row, pair => $"case-{pair.n + 1}");
    }

    public static PageView Build(RunData data) => new PageBuilder(data).Build();

    private PageView Build() =>
        new(
            _data.Name,
            _data.HasRun,
            _data.Environment.Date,
            _data.Environment["commit"],
            _data.Environment.Line,
            [.. _data.Environment.All.Select(fact => new Fact(fact.Key, fact.Value))],
            Warnings.Of(_data, row => _rowIds[row]),
            [.. _data.Families.Select(name => new FamilyView(name, Palette.Of(name), Palette.OnDark(name)))],
            [.. _data.Models.Select(model => _models[model])],
            [.. _data.Summary.Select(row => row.Clients).Distinct().Order()],
            _data.Baseline,
            _pins,
            [.. WorkloadCases.Of(_data.ForCharts).Select(Workload)],
            HeatMap.Of(_data.ForCharts),
            CrossCheckView.Of(CrossCheck.Of(_data.CrossChecks)),
            [.. _data.Machine.Select(row => LatencyLine.Of(row, _data.Machine))]
        );

    private ModelView Describe(string model)
    {
        var family = _data.FamilyOf(model);
        return new ModelView(
            model,
            family,
            _data.Families.ToList().IndexOf(family),
            MarkerSymbols.IdOf(Markers.Of(model))
        );
    }

    private WorkloadView Workload(WorkloadCases cases)
    {
        var known = _data.DescribeWorkload(cases.Workload);
        var metrics = ChartSet.MetricsOf(_data.ChartsOf(cases.Workload)).ToList();
        var rows = _data.Summary.Where(row => row.Workload == cases.Workload).ToList();
        return new WorkloadView(
            cases.Workload,
            Describe(known),
            known?.Question ?? "",
            Findings.Of(rows, metrics[0]),
            [.. rows.GroupBy(row => row.Clients).OrderBy(group => group.Key).Select(group => Table([.. group]))],
            [.. metrics.Select(metric => Scaling(metric, cases)).Where(plot => plot is not null).Select(plot => plot!)],
            [.. cases.LatencyClients.SelectMany(clients => Latency(cases, clients))],
            _data.Samples.Any(group => group.Key.Workload == cases.Workload)
                ? [.. cases.Clients.Select(clients => Times(cases, clients))]
                : [],
            [.. CaseNotes.Of(cases.All)]
        );
    }

    private static string Describe(WorkloadRow? workload) =>
        workload is { Summary.Length: > 0, Settings.Length: > 0 }
            ? $"{workload.Summary} ({workload.Settings})"
            : workload?.Summary ?? workload?.Settings ?? "";

    private TableView Table(List<SummaryRow> rows)
    {
        var cells = new CaseCells(_data, rows);
        return new TableView(
            rows[0].Workload,
            rows[0].Clients,
            [
                .. CaseOrder
                    .BestFirst(rows)
                    .Select(row => new RowView(
                        _rowIds[row],
                        _models[row.Model],
                        SnakeCase.Of($"{row.Status}"),
                        CaseNotes.IsPartial(row),
                        cells.Of(row),
                        CaseDetails.Of(_data, row)
                    )),
            ]
        );
    }

    private PlotView? Scaling(CaseMetric metric, WorkloadCases cases)
    {
        var chart = MetricChart.Of(metric, cases, _data.FamilyOf);
        return chart.Series.Count == 0
            ? null
            : PlotBuilder.Of(
                WithoutCaseNotes(chart, cases.All),
                metric.Column,
                null,
                metric.Explanation,
                _models,
                _pins
            );
    }

    private IEnumerable<PlotView> Latency(WorkloadCases cases, int clients)
    {
        var differ = cases.HasServiceTimes(clients);
        yield return Plot(LatencyChart.Of(cases, clients, _data.FamilyOf), LatencyTexts.Response(differ));
        if (differ)
            yield return Plot(LatencyChart.OfService(cases, clients, _data.FamilyOf), LatencyTexts.Service);

        PlotView Plot(Chart chart, string explanation) =>
            PlotBuilder.Of(WithoutCaseNotes(chart, cases.At(clients)), null, clients, explanation, _models, _pins);
    }

    private TimeView Times(WorkloadCases cases, int clients)
    {
        var charts = TimeChart
            .All.Select(time => (Time: time, Chart: time.Of(cases, clients, _data.FamilyOf)))
            .ToList();
        return new TimeView(
            clients,
            [
                .. from one in charts
                where one.Chart.Series.Count > 0
                select PlotBuilder.OfTime(one.Chart, clients, one.Time.Explanation, _models, _pins),
            ],
            // Where one picture lacks a model for that reason, all of them do, or nearly.
            [.. TimeChart.TooShort(charts[0].Chart, cases, clients)]
        );
    }

    // On a page that says it once for all, not below each picture.
    private static Chart WithoutCaseNotes(Chart chart, IEnumerable<SummaryRow> rows) =>
        chart with
        {
            Notes = [.. chart.Notes.Except(CaseNotes.Of(rows))],
        };
}
