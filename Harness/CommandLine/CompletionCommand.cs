using System.CommandLine;
using C10k.Contract;
using C10k.Harness.Planning;

namespace C10k.Harness.CommandLine;

/// <summary>Prints what a shell needs in order to complete our command line. It is made of the commands and options themselves.</summary>
internal static class CompletionCommand
{
    public static Command Create(RootCommand root)
    {
        var completion = new Command("completion", "Print a script that makes a shell complete the command line.");
        foreach (var (shell, install) in Shells)
        {
            var command = new Command(shell, $"For {shell}: {install}");
            command.SetAction(_ =>
            {
                var words = CompletionWords.Of(root, ModelCatalogue.Load(Executables.Find("Servers")));
                Console.Write(CompletionScripts.Of(shell, words));
                return ExitCode.Success;
            });
            completion.Subcommands.Add(command);
        }
        return completion;
    }

    private static readonly (string Shell, string Install)[] Shells =
    [
        ("bash", "source <(./run-bench.sh completion bash)"),
        ("zsh", "source <(./run-bench.sh completion zsh)"),
        ("fish", "./run-bench.sh completion fish | source"),
    ];
}
