using System.CommandLine;
using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Terminal;
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
        models.SetAction(_ => ShowModels());
        workloads.SetAction(_ => ShowWorkloads());
        list.SetAction(_ => ShowModels() + ShowWorkloads());
        list.Subcommands.Add(models);
        list.Subcommands.Add(workloads);
        return list;
    }

    private static int ShowModels()
    {
        var table = NewTable("model", "family", "what it does", "who works so", "parameters");
        foreach (var model in ModelCatalogue.Load(Executables.Find("Servers")))
        {
            var parameters = model.Parameters.Select(parameter =>
                $"{parameter.Name}={parameter.Default}: {parameter.Meaning}"
            );
            AddRow(
                table,
                model.Id,
                model.Family,
                $"{model.Summary} {model.Limits}".Trim(),
                model.UsedBy,
                string.Join('\n', parameters)
            );
        }
        Consoles.Output.Write(table);
        return ExitCode.Success;
    }

    private static int ShowWorkloads()
    {
        var table = NewTable("workload", "what happens", "the question it answers");
        foreach (var workload in Workload.All)
            AddRow(table, workload.Id, workload.Summary, workload.Question);
        Consoles.Output.Write(table);
        return ExitCode.Success;
    }

    private static Table NewTable(params string[] columns) =>
        new Table().Border(TableBorder.Simple).AddColumns([.. columns.Select(title => new TableColumn(title))]);

    private static void AddRow(Table table, params string[] cells) =>
        table.AddRow([.. cells.Select(cell => new Markup(Markup.Escape(cell)))]);
}
