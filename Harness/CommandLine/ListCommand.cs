using System.CommandLine;
using C10k.Contract;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Harness.Terminal;
using C10k.Hosting;
using C10k.Nodes;
using Spectre.Console;

namespace C10k.Harness.CommandLine;

/// <summary>Tells what there is to run.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var list = new Command("list", "Show the models and workloads there are.");
        var models = new Command("models", "Show the models.");
        var workloads = new Command("workloads", "Show the workloads.");
        models.SetAction(ShowModels);
        workloads.SetAction(_ => ShowWorkloads());
        list.SetAction(parsed => ShowModels(parsed) + ShowWorkloads());
        models.Options.Add(ForeignOptions.Servers);
        list.Subcommands.Add(models);
        list.Subcommands.Add(workloads);
        return list;
    }

    // One below the other: as a table it would not fit a terminal.
    private static int ShowModels(ParseResult parsed)
    {
        var own = ModelCatalogue.Load(Executables.Find("Servers"));
        var foreign = ForeignOptions.Load(parsed).AsModels(own).Select(model => Preparation.Check(model).Info);
        foreach (var model in own.Concat(foreign))
        {
            Consoles.Output.MarkupLineInterpolated($"[bold]{model.Id}[/] ({model.Family})");
            Consoles.Output.Write(new Padder(Describe(model), new Padding(2, 0, 0, 1)));
        }
        return ExitCode.Success;
    }

    private static Grid Describe(ModelInfo model)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        Add("what", model.Summary);
        Add("used by", model.UsedBy);
        Add("processes", model.Processes.Text);
        Add("threads", $"{model.Threads.Text}, those of the runtime not counted");
        foreach (var parameter in model.Parameters)
            Add(
                "parameter",
                $"{parameter.Name}={parameter.Default}: {parameter.Meaning} ({parameter.DescribeValues()})"
            );
        Add("limits", model.Limits);
        Add("not here", model.Unavailable ?? "");
        return grid;

        void Add(string name, string text)
        {
            if (text.Length > 0)
                grid.AddRow(new Markup(name), new Markup(Markup.Escape(text)));
        }
    }

    private static int ShowWorkloads()
    {
        var table = NewTable("workload", "what happens", "the question it answers");
        foreach (var workload in WorkloadCatalogue.All)
            AddRow(table, workload.Id, $"{workload.Summary}{Settings(workload)}", workload.Question);
        Consoles.Output.Write(table);
        return ExitCode.Success;
    }

    private static string Settings(Workload workload) =>
        WorkloadField.Describe(workload) is { Length: > 0 } settings ? $" ({settings})" : "";

    private static Table NewTable(params string[] columns) =>
        new Table().Border(TableBorder.Simple).AddColumns([.. columns.Select(title => new TableColumn(title))]);

    private static void AddRow(Table table, params string[] cells) =>
        table.AddRow([.. cells.Select(cell => new Markup(Markup.Escape(cell)))]);
}
