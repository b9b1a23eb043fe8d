using System.Text.RegularExpressions;
using C10k.Harness.External;
using C10k.Tests.Harness;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Foreign;

/// <summary>What docs/add-a-server.md tells to write and to type is written and typed. (What it says of C#, <see cref="TemplateTests"/> does.)</summary>
[Trait("Category", "long")]
public sealed class DocumentedCommandsTests
{
    private const string Program = "./run-bench.sh ";
    private const string MadeFromTheTemplate = "my-server";
    private static readonly string Page = File.ReadAllText(RepositoryRoot.File("docs", "add-a-server.md"));

    [Fact]
    public async Task Every_command_of_the_page_works()
    {
        Installed.Require("python3");
        await using var harness = new HarnessRun();
        harness.Environment["C10K_SERVERS"] = MakeServers(harness);
        File.WriteAllText(harness["mine.py"], Block("python"));
        WriteServer(Path.Combine(harness["path"], "to"));
        Assert.NotEmpty(Commands);
        foreach (var command in Commands)
        {
            var words = CommandWords.Split(command[Program.Length..])!;
            string[] brief = words[0] == "check" ? [] : ["--profile", "smoke"];
            var finished = await harness.RunUndisturbed([.. words, .. brief]);
            harness.Succeeded(finished, command);
        }
    }

    private static List<string> Commands =>
        [
            .. Page.Split('\n')
                .Where(line => line.StartsWith(Program, StringComparison.Ordinal))
                .Where(line => !line.Contains(MadeFromTheTemplate, StringComparison.Ordinal)),
        ];

    // Those that come with the bench, and the page's own. The template would be built in the tree.
    private static string MakeServers(HarnessRun harness)
    {
        var folder = harness["servers"];
        Directory.CreateDirectory(folder);
        foreach (var server in Directory.GetDirectories(RepositoryRoot.File("Servers", "External")))
        {
            if (Path.GetFileName(server) != "csharp-template")
                Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(server)), server);
        }
        WriteServer(Path.Combine(folder, "mine"));
        return folder;
    }

    private static void WriteServer(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "mine.py"), Block("python"));
        File.WriteAllText(Path.Combine(folder, "server.json"), Block("json"));
    }

    private static string Block(string language) =>
        Regex
            .Match(
                Page,
                $"```{language}\n(?<text>.*?)```",
                RegexOptions.Singleline | RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            )
            .Groups["text"]
            .Value;
}
