using System.Text.Json;
using System.Text.RegularExpressions;
using C10k.Contract;
using C10k.Harness.External;
using C10k.Tests.Harness;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace C10k.Tests.EndToEnd;

/// <summary>What crank would do with crank/c10k.benchmarks.yml: fill in the variables, start, wait for the text, read the statistics, interrupt.</summary>
public sealed partial class CrankTests
{
    private static readonly YamlMappingNode File = Read();

    public static TheoryData<string> Scenarios => [.. Names(File, "scenarios")];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_scenario_runs_and_both_sides_tell_their_figures(string scenario)
    {
        await using var server = new RunningProgram(Start(scenario, "application", ("serverPort", "0")));
        await Patience.Until(
            "it is ready",
            () => server.Stdout.Contains(ReadyText("server"), StringComparison.Ordinal),
            () => server.Stderr
        );
        Assert.True(ReadyLine.TryParse(server.Stdout.Trim(), out var endPoint));

        var load = await RunningProgram.ToEnd(
            Start(
                scenario,
                "load",
                ("serverPort", $"{endPoint.Port}"),
                ("clients", "10"),
                ("warmup", "300ms"),
                ("duration", "1s")
            )
        );
        Assert.True(load.ExitCode == ExitCode.Success, load.Stdout + load.Stderr);
        Assert.StartsWith(
            $"{ReadyText("loadgen")}: 10 of 10 clients are connected\n",
            load.Stdout,
            StringComparison.Ordinal
        );
        var figures = Figures(load.Stdout);
        Assert.Equal((10, 0), (figures["c10k/load/clients_connected"], figures["c10k/load/errors"]));
        Assert.True(figures["c10k/load/throughput_rps"] > 0 && figures["c10k/load/p99_us"] > 0);

        server.Signal(ProcessTree.SIGINT);
        var finished = await server.Finish();
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.True(Figures(finished.Stdout)["c10k/server/cpu_seconds"] > 0);
    }

    [Fact]
    public void Jobs_profiles_and_scenarios_name_what_there_is()
    {
        foreach (var job in Names(File, "jobs"))
        {
            var source = (YamlMappingNode)Node(File, "jobs", job, "source");
            var folder = Path.Combine("crank", Text(source, "localFolder"));
            Assert.True(System.IO.File.Exists(RepositoryRoot.File(folder, Text(source, "project"))));
        }
        var roles = Names(File, "scenarios").SelectMany(scenario => Names(File, "scenarios", scenario)).ToHashSet();
        foreach (var profile in Names(File, "profiles"))
            Assert.Equal(roles, Names(File, "profiles", profile, "jobs").ToHashSet());
    }

    [Fact]
    public async Task Whoever_is_under_control_prints_nothing_for_crank()
    {
        var finished = await RunningProgram.ToEnd(
            new ProgramStart("LoadGen", "--target", "127.0.0.1:9", "--control", "--crank")
        );
        Assert.Equal(
            (ExitCode.WrongArguments, "LoadGen: --crank is for use alone: leave out --control\n"),
            (finished.ExitCode, finished.Stderr)
        );
    }

    private static ProgramStart Start(string scenario, string role, params (string Name, string Value)[] set)
    {
        var part = (YamlMappingNode)Node(File, "scenarios", scenario, role);
        var job = Text(part, "job");
        var variables = Variables(File);
        foreach (var (name, value) in Variables(part).Select(pair => (pair.Key, pair.Value)).Concat(set))
            variables[name] = value;
        var arguments = Variable()
            .Replace(
                Text((YamlMappingNode)Node(File, "jobs", job), "arguments"),
                word => variables[word.Groups["name"].Value]
            );
        var project = Text((YamlMappingNode)Node(File, "jobs", job, "source"), "project");
        return new ProgramStart(Path.GetFileNameWithoutExtension(project), CommandWords.Split(arguments)!);
    }

    private static string ReadyText(string job) => Text((YamlMappingNode)Node(File, "jobs", job), "readyStateText");

    private static Dictionary<string, double> Figures(string stdout)
    {
        var lines = stdout.TrimEnd().Split('\n');
        Assert.Equal(("#StartJobStatistics", "#EndJobStatistics"), (lines[^3], lines[^1]));
        using var json = JsonDocument.Parse(lines[^2]);
        var described = json.RootElement.GetProperty("Metadata").EnumerateArray().Select(NameOf).ToList();
        var measured = json
            .RootElement.GetProperty("Measurements")
            .EnumerateArray()
            .ToDictionary(NameOf, one => one.GetProperty("value").GetDouble());
        Assert.Equal(described, measured.Keys);
        return measured;
    }

    private static string NameOf(JsonElement element) => element.GetProperty("name").GetString()!;

    private static YamlMappingNode Read()
    {
        using var text = new StreamReader(RepositoryRoot.File("crank", "c10k.benchmarks.yml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static Dictionary<string, string> Variables(YamlMappingNode node) =>
        node.Children.TryGetValue("variables", out var variables)
            ? ((YamlMappingNode)variables).Children.ToDictionary(pair => $"{pair.Key}", pair => $"{pair.Value}")
            : [];

    private static IEnumerable<string> Names(YamlMappingNode node, params string[] path) =>
        ((YamlMappingNode)Node(node, path)).Children.Keys.Select(key => $"{key}");

    private static string Text(YamlMappingNode node, string key) => $"{node.Children[key]}";

    private static YamlNode Node(YamlNode node, params string[] path) =>
        path.Aggregate(node, (parent, key) => ((YamlMappingNode)parent).Children[key]);

    [GeneratedRegex(@"\{\{ *(?<name>\w+) *\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
