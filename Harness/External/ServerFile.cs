using System.Text.Json;
using C10k.CommandLine;
using C10k.Conversations;
using C10k.Hosting;
using C10k.Nodes.Processes;

namespace C10k.Harness.External;

/// <summary>Reads a <c>server.json</c>. What it may hold is also told by Servers/server.schema.json, for editors.</summary>
internal static class ServerFile
{
    /// <summary>What it is called in its folder.</summary>
    public const string FileName = "server.json";

    /// <summary>What such servers are grouped with where they do not say.</summary>
    public const string DefaultFamily = "external";

    private const int MaxNameLength = 40;
    private const string ContractStandsAlone =
        $"has {Placeholders.ContractArgument} in a longer text: it stands for several arguments, and is an argument of its own in 'command'";

    /// <summary>Every field there is.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "$schema",
        "name",
        "summary",
        "family",
        "used_by",
        "limits",
        "command",
        "folder",
        "environment",
        "files",
        "ready",
        "ready_within",
        "stop",
        "conversations",
        "requires",
        "build",
        "serves_at_once",
        "uses_cpus",
        "processes",
        "threads",
        "holding_processes",
        "tasks_per_client",
        "processes_per_client",
        "memory_per_client_kb",
        "one_request_per_connection",
        "closes_both_ways",
        "busy_waits",
    ];

    /// <exception cref="UsageException">It cannot be read, or says something that cannot be.</exception>
    public static ServerDefinition Read(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            var content = SmallFile.ReadBytes(path);
            var fields = new JsonFields(path, PlacedJson.Parse(content), "", Fields);
            return Read(fields, folder, path) with { FileHash = SmallFile.Hash(content) };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {unreadable.Message}");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // The reader throws the second where a text is no UTF-8.
            var line = (wrong as JsonException)?.LineNumber + 1 ?? 1;
            throw new UsageException($"{path}, line {line}: is no JSON: {wrong.Message.Split(". ")[0].TrimEnd('.')}");
        }
    }

    /// <summary>Takes a definition out of its fields.</summary>
    /// <param name="fields">The outermost object.</param>
    /// <param name="folder">What paths in it are relative to.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <exception cref="UsageException">A field says something that cannot be.</exception>
    public static ServerDefinition Read(JsonFields fields, string folder, string source)
    {
        var home = Path.GetFullPath(Path.Combine(folder, fields.Text("folder", ".")));
        var command = Filled(fields, "command", fields.Texts("command", fields.Require("command")));
        var environment = fields.Map("environment");
        Filled(fields, "environment", [.. environment.Values]);
        CheckUse(fields, command, environment);
        var texts = command.Concat(environment.Values).ToList();
        var info = ReadInfo(fields) with
        {
            Works =
                IsTold(Placeholders.WaitMs) && IsTold(Placeholders.CpuUs)
                || command.Contains(Placeholders.ContractArgument),
            TakesCommands = command.Contains(Placeholders.ContractArgument),
        };
        return new ServerDefinition(info, command, home, source)
        {
            Environment = environment,
            Files = fields.Map("files"),
            Ready = ReadReady(fields, command, environment),
            ReadyWithin = ReadReadyWithin(fields),
            Stop = ReadStop(fields),
            Requires = ReadRequirements(fields, source),
            Build = fields.Find("build") is { } build ? ReadBuild(source, build) : null,
        };

        bool IsTold(string placeholder) => texts.Exists(text => Placeholders.Uses(text, placeholder));
    }

    private static ModelInfo ReadInfo(JsonFields fields) =>
        new(
            ReadName(fields),
            fields.Text("family", DefaultFamily),
            fields.RequiredText("summary"),
            fields.Text("used_by", ""),
            fields.Text("limits", "")
        )
        {
            Conversations = ReadConversations(fields),
            ServesAtOnce = ReadFormula(fields, "serves_at_once"),
            UsesCpus = ReadFormula(fields, "uses_cpus"),
            Processes = ReadFormula(fields, "processes") ?? 1,
            Threads = ReadFormula(fields, "threads") ?? 1,
            HoldingProcesses = ReadFormula(fields, "holding_processes") ?? 1,
            TasksPerClient = fields.Count("tasks_per_client"),
            ProcessesPerClient = fields.Count("processes_per_client"),
            MemoryPerClientKb = fields.Count("memory_per_client_kb"),
            OneRequestPerConnection = fields.Flag("one_request_per_connection"),
            ClosesBothWays = fields.Flag("closes_both_ways"),
            BusyWaits = fields.Flag("busy_waits"),
        };

    /// <summary>Whether a server can be called so: the name stands in tables, in file names and behind <c>--models</c>.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');

    private static string ReadName(JsonFields fields) =>
        fields.RequiredText("name") is var name && IsName(name)
            ? name
            : throw fields.Refuse(
                "name",
                fields.Require("name"),
                $"takes up to {MaxNameLength} small letters, digits, hyphens and dots"
            );

    private static IReadOnlyList<string> ReadConversations(JsonFields fields)
    {
        if (fields.Find("conversations") is not { } value)
            return ["echo"];
        var names = fields.Texts("conversations", value);
        for (var i = 0; i < names.Count; i++)
        {
            if (!ConversationCatalogue.Ids.Contains(names[i]))
                throw fields.Refuse(
                    "conversations",
                    value.Items[i],
                    $"takes some of {string.Join(", ", ConversationCatalogue.Ids)}"
                );
        }
        return names;
    }

    private static Formula? ReadFormula(JsonFields fields, string name)
    {
        if (fields.Find(name) is not { } value)
            return null;
        var formula = new Formula(value.Text);
        return value.Kind is JsonValueKind.Number or JsonValueKind.String && formula.UnknownFactor([]) is null
            ? formula
            : throw fields.Refuse(
                name,
                value,
                "takes a number, or a sum of products of numbers, cpus and clients, such as \"1+clients\""
            );
    }

    private static IReadOnlyList<string> Filled(JsonFields fields, string name, IReadOnlyList<string> texts)
    {
        foreach (var unknown in texts.Select(Placeholders.Unknown).OfType<string>())
            throw fields.Refuse(
                name,
                fields.Require(name),
                $"has the placeholder {{{unknown}}}, which stands for nothing: "
                    + Nearest.Hint(unknown, Placeholders.All)
            );
        return texts;
    }

    // What would stay as it stands at a start, braces and all.
    private static void CheckUse(
        JsonFields fields,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment
    )
    {
        if (
            command is [var program, ..]
            && Placeholders.All.FirstOrDefault(word => Placeholders.Uses(program, word)) is { } found
        )
            throw fields.Refuse(
                "command",
                fields.Require("command"),
                $"has {{{found}}} in the program's name: a name with a slash is looked for in the folder"
            );
        if (command.Any(argument => argument != Placeholders.ContractArgument && IsContract(argument)))
            throw fields.Refuse("command", fields.Require("command"), ContractStandsAlone);
        if (environment.Values.Any(IsContract))
            throw fields.Refuse("environment", fields.Require("environment"), ContractStandsAlone);
    }

    private static bool IsContract(string text) => Placeholders.Uses(text, Placeholders.Contract);

    private static Readiness ReadReady(
        JsonFields fields,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var isGivenPort =
            fields.Find("files") is not null
            || command.Concat(environment.Values).Any(text => Placeholders.Uses(text, Placeholders.Port));
        const string Takes = "takes \"contract\", \"port\", { \"stdout\": \"a text\" } or { \"stderr\": \"a text\" }";
        switch (fields.Find("ready"))
        {
            case null:
                return isGivenPort ? Readiness.Port : Readiness.Contract;
            case { Kind: JsonValueKind.String, Text: "contract" }:
                return Readiness.Contract;
            case { Kind: JsonValueKind.String, Text: "port" }:
                return Readiness.Port;
            case { Kind: JsonValueKind.Object, Members: [{ Name: "stdout" or "stderr" } where] } value:
                return fields.Text($"ready.{where.Name}", where.Value) is { Length: > 0 } text
                    ? new Readiness(where.Name == "stdout" ? ReadinessKind.Stdout : ReadinessKind.Stderr, text)
                    : throw fields.Refuse("ready", value, Takes);
            case var value:
                throw fields.Refuse("ready", value, Takes);
        }
    }

    private static TimeSpan ReadReadyWithin(JsonFields fields)
    {
        if (fields.Find("ready_within") is not { } value)
            return ServerDefinition.DefaultReadyWithin;
        return
            value.Kind == JsonValueKind.String
            && Quantities.TryParseDuration(value.Text, out var within)
            && within > TimeSpan.Zero
            ? within
            : throw fields.Refuse("ready_within", value, "takes a duration with its unit, such as \"30s\"");
    }

    private static StopSignal ReadStop(JsonFields fields)
    {
        if (fields.Find("stop") is not { } value)
            return StopSignal.SIGTERM;
        return Enum.GetNames<StopSignal>().Contains(value.Text)
            ? Enum.Parse<StopSignal>(value.Text)
            : throw fields.Refuse("stop", value, $"takes one of {string.Join(", ", Enum.GetNames<StopSignal>())}");
    }

    private static IReadOnlyList<Requirement> ReadRequirements(JsonFields fields, string source) =>
        fields.Find("requires") switch
        {
            null => [],
            { Kind: JsonValueKind.Array } list => [.. list.Items.Select(item => ReadRequirement(fields, source, item))],
            var value => throw fields.Refuse("requires", value, "takes a list, such as [\"node\"]"),
        };

    private static Requirement ReadRequirement(JsonFields fields, string source, PlacedJson item)
    {
        if (item.Kind == JsonValueKind.String)
            return new Requirement(fields.Text("requires", item), [], "");
        var requirement = new JsonFields(source, item, "requires", ["name", "check", "install"]);
        return new Requirement(
            requirement.RequiredText("name"),
            requirement.Find("check") is { } check ? requirement.Texts("check", check) : [],
            requirement.Text("install", "")
        );
    }

    private static BuildStep ReadBuild(string source, PlacedJson value)
    {
        var build = new JsonFields(source, value, "build", ["command", "output"]);
        return new BuildStep(build.Texts("command", build.Require("command")), build.RequiredText("output"));
    }
}
