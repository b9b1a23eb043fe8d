using System.CommandLine;

namespace C10k.Harness.CommandLine;

/// <summary>All commands of the Harness. Without a command it runs the bench.</summary>
internal static class HarnessCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand(
            "C10k Bench: what happens to a server when thousands of clients stay connected, and how the answer depends on the way it waits."
        );
        var run = new Command("run", "Run the bench (this is what happens without a command).");
        foreach (var command in (Command[])[root, run])
        {
            RunOptions.AddTo(command);
            AgentArguments.AddTo(command);
            command.SetAction(RunCommand.Execute);
        }
        root.Subcommands.Add(run);
        root.Subcommands.Add(ListCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(CompareCommand.Create());
        root.Subcommands.Add(DuelCommand.Create());
        root.Subcommands.Add(CapacityCommand.Create());
        root.Subcommands.Add(SoakCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(ReportCommand.Create());
        root.Subcommands.Add(LatenciesCommand.Create());
        root.Subcommands.Add(AgentKeysCommand.Create());
        root.Subcommands.Add(CompletionCommand.Create(root));
        GroupedHelp.AddTo(root);
        return root;
    }
}
