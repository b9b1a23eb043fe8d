using System.Text.Json;
using C10k.CommandLine;
using C10k.Conversations;
using C10k.Harness.External;
using C10k.Nodes.Processes;
using Xunit;

namespace C10k.Tests.Harness.External;

public sealed class ServerFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(RepositoryRoot.File("Servers", "External"), "server.json", SearchOption.AllDirectories)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_least_that_must_be_said_is_enough()
    {
        var server = Read("""{ "name": "mine", "summary": "Does it.", "command": ["./mine"] }""");
        Assert.Equal(("mine", "external", "Does it."), (server.Name, server.Info.Family, server.Info.Summary));
        Assert.Equal(["./mine"], server.Command);
        Assert.Equal(_folder.FullPath, server.Folder);
        Assert.Equal((Readiness.Contract, StopSignal.SIGTERM), (server.Ready, server.Stop));
        Assert.Equal(["echo"], server.Info.Conversations);
        Assert.Equal(_folder["./mine"], server.Locate("./mine"));
        Assert.Equal("node", server.Locate("node"));
    }

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var server = Read(
            """
            {
              "$schema": "server.schema.json",
              "name": "mine-2.0",
              "summary": "Does it.",
              "family": "mine",
              "used_by": "me",
              "limits": "none",
              "command": ["node", "server.js", "{port}"],
              "folder": "src",
              "environment": { "WORKERS": "{workers}" },
              "files": { "mine.conf": "mine.conf.in" },
              "ready": { "stderr": "listening" },
              "ready_within": "1.5s",
              "stop": "SIGQUIT",
              "conversations": ["http", "echo"],
              "requires": ["node", { "name": "Twisted", "check": ["python3", "-c", "import twisted"], "install": "pip" }],
              "build": { "command": ["make"], "output": "mine" },
              "serves_at_once": 7,
              "uses_cpus": "cpus",
              "processes": "1+cpus",
              "threads": "1+clients",
              "holding_processes": "cpus",
              "tasks_per_client": 1,
              "processes_per_client": 2,
              "memory_per_client_kb": 3,
              "one_request_per_connection": true,
              "closes_both_ways": true,
              "busy_waits": true
            }
            """
        );
        Assert.Equal(_folder["src"], server.Folder);
        Assert.Equal("{workers}", server.Environment["WORKERS"]);
        Assert.Equal("mine.conf.in", server.Files["mine.conf"]);
        Assert.Equal(new Readiness(ReadinessKind.Stderr, "listening"), server.Ready);
        Assert.Equal((TimeSpan.FromSeconds(1.5), StopSignal.SIGQUIT), (server.ReadyWithin, server.Stop));
        Assert.Equal(["node", "Twisted"], server.Requires.Select(requirement => requirement.Name));
        Assert.Equal(("pip", 3), (server.Requires[1].Install, server.Requires[1].Check.Count));
        Assert.Equal(("make", "mine"), (Assert.Single(server.Build!.Command), server.Build.Output));
        Assert.Equal(("mine", "me", "none"), (server.Info.Family, server.Info.UsedBy, server.Info.Limits));
        Assert.Equal(["http", "echo"], server.Info.Conversations);
        Assert.Equal(("7", "cpus"), (server.Info.ServesAtOnce!.Text, server.Info.UsesCpus!.Text));
        Assert.Equal(("1+cpus", "1+clients"), (server.Info.Processes.Text, server.Info.Threads.Text));
        Assert.Equal("cpus", server.Info.HoldingProcesses.Text);
        Assert.Equal(
            (1, 2, 3),
            (server.Info.TasksPerClient, server.Info.ProcessesPerClient, server.Info.MemoryPerClientKb)
        );
        Assert.True(server.Info is { OneRequestPerConnection: true, ClosesBothWays: true, BusyWaits: true });
    }

    [Theory]
    [InlineData("""["./mine"]""", "", "Contract")]
    [InlineData("""["./mine", "{port}"]""", "", "Port")]
    [InlineData("""["./mine"]""", """ "environment": { "PORT": "{port}" }, """, "Port")]
    [InlineData("""["./mine"]""", """ "files": { "a": "b" }, """, "Port")]
    [InlineData("""["./mine", "{port}"]""", """ "ready": "contract", """, "Contract")]
    public void Whoever_is_given_a_port_is_ready_when_it_listens_there(string command, string more, string kind) =>
        Assert.Equal(
            kind,
            $"{Read($$"""{ {{more}} "name": "mine", "summary": "s", "command": {{command}} }""").Ready.Kind}"
        );

    [Theory]
    [InlineData("", "1: is no JSON: ")]
    [InlineData("[]", "1: is no JSON object")]
    [InlineData("{\n  'name' }", "2: is no JSON: ")]
    [InlineData("{}\n\n}", "3: is no JSON: ")]
    [InlineData("{\n}", "1: field 'command' is missing")]
    [InlineData("{\n\"comand\": []\n}", "2: field 'comand' is unknown: did you mean command?")]
    [InlineData("{\n\"name\": \"a\",\n\"name\": \"b\"\n}", "3: field 'name' stands there twice")]
    [InlineData("{ \"command\":\n\"./mine\" }", "2: field 'command' takes a list of texts, ")]
    [InlineData("{ \"command\": [\n] }", "1: field 'command' takes a list of texts, ")]
    [InlineData("{ \"command\": [\"a\",\n7] }", "2: field 'command' takes a text in one line, ")]
    [InlineData("{ \"command\": [\"a\\u0000\"] }", "1: field 'command' takes a text in one line, ")]
    [InlineData(
        "{ \"command\": [\"{prot}\"] }",
        "1: field 'command' has the placeholder {prot}, which stands for nothing: did you mean port?"
    )]
    [InlineData("{ \"command\": [\"{folder}/a\"] }", "1: field 'command' has {folder} in the program's name: ")]
    [InlineData("{ \"command\": [\"a\", \"x={contract}\"] }", "1: field 'command' has {contract} in a longer text: ")]
    [InlineData("{ \"command\": [\"a\"] }", "1: field 'name' is missing")]
    [InlineData(
        "{ \"command\": [\"a\"],\n\"name\": \"A:b\" }",
        "2: field 'name' takes up to 40 small letters, digits, hyphens and dots, not 'A:b'"
    )]
    [InlineData("{ \"command\": [\"a\"], \"name\": \"a\" }", "1: field 'summary' is missing")]
    [InlineData(
        "{ \"command\": [\"a\"], \"name\": \"a\", \"summary\": \"\" }",
        "1: field 'summary' takes a text that "
    )]
    public void Mistakes_are_named_by_line_and_field(string json, string message) => CheckRefused(json, message);

    [Theory]
    [InlineData("\"ready\": \"now\"", "field 'ready' takes \"contract\", \"port\", ")]
    [InlineData("\"ready\": { \"stdin\": \"x\" }", "field 'ready' takes \"contract\", \"port\", ")]
    [InlineData("\"ready\": { \"stdout\": \"\" }", "field 'ready' takes \"contract\", \"port\", ")]
    [InlineData(
        "\"ready_within\": \"5\"",
        "field 'ready_within' takes a duration with its unit, such as \"30s\", not '5'"
    )]
    [InlineData("\"stop\": \"TERM\"", "field 'stop' takes one of SIGHUP, ")]
    [InlineData("\"conversations\": [\"smtp\"]", "field 'conversations' takes some of echo, ")]
    [InlineData("\"environment\": [\"a\"]", "field 'environment' takes an object of texts, ")]
    [InlineData("\"environment\": { \"A\": 1 }", "field 'environment.A' takes a text in one line, ")]
    [InlineData("\"environment\": { \"A\": \"{x}\" }", "field 'environment' has the placeholder {x}, ")]
    [InlineData("\"environment\": { \"A\": \"{contract}\" }", "field 'environment' has {contract} in a longer text: ")]
    [InlineData("\"requires\": \"node\"", "field 'requires' takes a list, ")]
    [InlineData("\"requires\": [{ \"nme\": \"node\" }]", "field 'requires.nme' is unknown: did you mean name?")]
    [InlineData("\"requires\": [{}]", "field 'requires.name' is missing")]
    [InlineData("\"build\": [\"make\"]", "field 'build' takes an object")]
    [InlineData("\"build\": { \"command\": [\"make\"] }", "field 'build.output' is missing")]
    [InlineData("\"uses_cpus\": \"workers\"", "field 'uses_cpus' takes a number, or a sum of products of ")]
    [InlineData("\"uses_cpus\": true", "field 'uses_cpus' takes a number, or a sum of products of ")]
    [InlineData("\"tasks_per_client\": -1", "field 'tasks_per_client' takes a whole number from 0 on, not '-1'")]
    [InlineData("\"busy_waits\": 1", "field 'busy_waits' takes true or false")]
    public void A_field_that_cannot_be_is_named_with_what_it_takes(string field, string message) =>
        CheckRefused(
            $$"""
            { "name": "a", "summary": "b", "command": ["c"],

              {{field}}
            }
            """,
            $"3: {message}"
        );

    [Fact]
    public void A_text_that_is_no_utf8_is_refused()
    {
        File.WriteAllBytes(_folder["server.json"], [.. "{ \"name\": \""u8, 0xff, .. "\" }"u8]);
        Assert.Throws<UsageException>(() => ServerFile.Read(_folder["server.json"]));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named() =>
        Assert.StartsWith(
            _folder["none.json"],
            Assert.Throws<UsageException>(() => ServerFile.Read(_folder["none.json"])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_schema_knows_the_same_fields_and_words()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.File("Servers", "server.schema.json")));
        var known = schema.RootElement.GetProperty("properties");
        Assert.Equal(ServerFile.Fields, known.EnumerateObject().Select(field => field.Name));
        Assert.Equal(Enum.GetNames<StopSignal>().Order(), Words(known.GetProperty("stop")).Order());
        Assert.Equal(ConversationCatalogue.Ids, Words(known.GetProperty("conversations").GetProperty("items")));
    }

    [Fact]
    public void Every_field_and_placeholder_is_explained()
    {
        var explained = File.ReadLines(RepositoryRoot.File("docs", "add-a-server.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split(',', StringSplitOptions.TrimEntries))
            .Select(name => name.Trim('`'))
            .ToHashSet();
        Assert.Subset(
            explained,
            (HashSet<string>)[.. ServerFile.Fields.Skip(1), .. Placeholders.All.Select(word => $"{{{word}}}")]
        );
    }

    private static IEnumerable<string?> Words(JsonElement schema) =>
        schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString());

    [Theory]
    [MemberData(nameof(Shipped))]
    public void What_comes_with_the_bench_is_called_like_its_folder_and_names_its_schema(string file)
    {
        var server = ServerFile.Read(file);
        Assert.Equal(Path.GetFileName(Path.GetDirectoryName(file)), server.Name);
        Assert.Equal(ServerFile.DefaultFamily, server.Info.Family);
        Assert.StartsWith(
            "{\n  \"$schema\": \"../../server.schema.json\",",
            File.ReadAllText(file),
            StringComparison.Ordinal
        );
    }

    private void CheckRefused(string json, string message)
    {
        var mistake = Assert.Throws<UsageException>(() => Read(json));
        Assert.StartsWith($"{_folder["server.json"]}, line {message}", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mistake.Message);
    }

    private ServerDefinition Read(string json)
    {
        File.WriteAllText(_folder["server.json"], json);
        return ServerFile.Read(_folder["server.json"]);
    }
}
