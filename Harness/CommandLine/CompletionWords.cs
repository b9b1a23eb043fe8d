using System.CommandLine;
using C10k.Harness.Comparing;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Hosting;

namespace C10k.Harness.CommandLine;

/// <summary>What may stand where on the command line.</summary>
/// <param name="Commands">Without a command first, whose name is empty.</param>
/// <param name="Values">What may stand behind an option that takes one of a few words.</param>
internal sealed record CompletionWords(
    IReadOnlyList<CompletedCommand> Commands,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Values
)
{
    /// <summary>Options behind which a folder stands.</summary>
    public IReadOnlyList<string> Folders { get; } = ["--output", "--resume"];

    public static CompletionWords Of(RootCommand root, IReadOnlyList<ModelInfo> models)
    {
        string[] ids = [.. models.Select(model => model.Id)];
        string[] families = [.. models.Select(model => model.Family).Distinct().Except(ids)];
        return new CompletionWords(
            [
                Describe(root, "", ids),
                .. root
                    .Subcommands.Where(command => !command.Hidden)
                    .Select(command => Describe(command, command.Name, ids)),
            ],
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["--models"] = [.. ids, .. families],
                ["--baseline"] = ids,
                ["--workload"] = [.. WorkloadCatalogue.All.Select(workload => workload.Id)],
                ["--profile"] = [.. Profile.All.Select(profile => profile.Id)],
                ["--by"] = [.. Yardstick.All.Select(yardstick => yardstick.Id)],
                ["--load"] = ["loadgen", WrkRun.Program],
                ["--format"] = ["markdown", "csv"],
            }
        );
    }

    private static CompletedCommand Describe(Command command, string name, string[] models) =>
        new(
            name,
            command.Description ?? "",
            [
                .. command
                    .Options.Where(option => !option.Hidden)
                    .Select(option => (option.Name, option.Description ?? "")),
            ],
            [
                .. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name),
                .. name is "duel" or "capacity" or "check" ? models : [],
            ],
            name is "compare" or "report"
        );
}

/// <summary>A command.</summary>
/// <param name="Words">What may stand behind it, besides options.</param>
/// <param name="TakesFolders">Whether folders may stand behind it.</param>
internal sealed record CompletedCommand(
    string Name,
    string Description,
    IReadOnlyList<(string Name, string Description)> Options,
    IReadOnlyList<string> Words,
    bool TakesFolders
)
{
    /// <summary>Words and options together.</summary>
    public string All => string.Join(' ', Words.Concat(Options.Select(option => option.Name)));
}
