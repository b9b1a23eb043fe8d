using System.CommandLine;
using System.CommandLine.Help;
using System.Net;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Conversations;
using C10k.Linux;

namespace C10k.Hosting;

/// <summary>
/// Makes an executable out of server models: command line, READY line, signals, exit codes. What it promises is written down in
/// docs/process-contract.md.
/// </summary>
public static class ServerHost
{
    private static readonly Argument<string?> Model = new("model")
    {
        Description = "The model to run: id, or id:key=value,…",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<IPAddress> Address = OptionOf.Address(
        "--address",
        "The IPv4 address to listen on.",
        IPAddress.Loopback
    );
    private static readonly Option<int> Port = OptionOf.Count(
        "--port",
        "The port to listen on; 0 lets the kernel choose.",
        0,
        0,
        65535
    );
    private static readonly Option<string> Conversation = OptionOf.Choice(
        "--conversation",
        "What is said over a connection.",
        "echo",
        ConversationCatalogue.Ids
    );
    private static readonly Option<int> Backlog = OptionOf.Count(
        "--backlog",
        "How many connections may wait to be accepted.",
        Bounds.Backlog,
        1,
        65535
    );
    private static readonly Option<TimeSpan> Wait = OptionOf.Duration(
        "--wait",
        "How long the application waits before it answers a request, as for a database.",
        TimeSpan.Zero,
        TimeSpan.Zero
    );
    private static readonly Option<TimeSpan> Cpu = OptionOf.Duration(
        "--cpu",
        "How much CPU time the application computes for each request.",
        TimeSpan.Zero,
        TimeSpan.Zero
    );
    private static readonly Option<bool> AllowFaults = new("--allow-faults")
    {
        Description = "Obey commands in messages that make a handler compute or crash. For experiments only.",
    };
    private static readonly Option<bool> Crank = new("--crank")
    {
        Description = "Tell at the end what was used, as the agents of dotnet/crank read it.",
    };
    private static readonly Option<bool> List = new("--list") { Description = "Print the models as JSON." };

    /// <summary>Runs one of the models as the arguments say, and returns the exit code.</summary>
    public static int Run(string[] args, params IReadOnlyList<IServerModel> models) => Run(args, models, []);

    /// <summary>The same, with commands that the executable has besides.</summary>
    public static int Run(string[] args, IReadOnlyList<IServerModel> models, IReadOnlyList<Command> commands)
    {
        var program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "server";
        var root = Create(program, models);
        foreach (var command in commands)
            root.Subcommands.Add(command);
        return CommandLineProgram.Run(program, root, args);
    }

    /// <summary>Why a server would not be started with these arguments; null where it would, on an address that is left open.</summary>
    public static string? WhyNot(IReadOnlyList<string> args, IReadOnlyList<IServerModel> models)
    {
        var (parsed, mistake) = CommandLineProgram.Parse(Create("server", models), args);
        if (parsed is null)
            return mistake;
        if (parsed.GetValue(List) || parsed.GetResult(Address) is { Implicit: false } || parsed.Action is HelpAction)
            return "what can be started is a model, and neither its address nor a list is asked for";
        try
        {
            Choose(models, parsed);
            return null;
        }
        catch (UsageException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>What <c>--list</c> prints.</summary>
    public static string ListModels(IReadOnlyList<IServerModel> models) =>
        ModelList.ToJson([.. models.Select(Describe)]);

    private static RootCommand Create(string program, IReadOnlyList<IServerModel> models)
    {
        var root = new RootCommand("Serves many connections in one way. Prints READY address:port when it listens.")
        {
            Model,
            Address,
            Port,
            Conversation,
            Backlog,
            Wait,
            Cpu,
            AllowFaults,
            Crank,
            List,
        };
        root.SetAction(parsed =>
            parsed.GetValue(List)
                ? PrintList(models)
                : ServeModel(program, Choose(models, parsed), Options(parsed), parsed.GetValue(Crank))
        );
        return root;
    }

    private static int PrintList(IReadOnlyList<IServerModel> models)
    {
        Console.WriteLine(ListModels(models));
        return ExitCode.Success;
    }

    private static ModelInfo Describe(IServerModel model) =>
        model.Info with
        {
            Unavailable = model.WhyUnavailable(),
            Conversations = [.. ConversationCatalogue.Ids],
            Works = true,
            TakesCommands = true,
        };

    private static (IServerModel, IReadOnlyDictionary<string, string>) Choose(
        IReadOnlyList<IServerModel> models,
        ParseResult parsed
    )
    {
        var ids = models.Select(model => model.Info.Id);
        // Where there is no choice, no choice is asked for.
        if ((parsed.GetValue(Model) ?? (models is [var only] ? only.Info.Id : null)) is not { } text)
            throw new UsageException($"no model was named: possible are {string.Join(", ", ids)}");
        var reference = ModelReference.Parse(text);
        var chosen =
            models.FirstOrDefault(model => model.Info.Id == reference.Id)
            ?? throw new UsageException($"unknown model '{reference.Id}': {Nearest.Hint(reference.Id, ids)}");
        return (chosen, reference.Resolve(chosen.Info));
    }

    private static ServerOptions Options(ParseResult parsed) =>
        new(
            new IPEndPoint(parsed.GetRequiredValue(Address), parsed.GetValue(Port)),
            parsed.GetValue(Backlog),
            parsed.GetRequiredValue(Conversation)
        )
        {
            Work = new ApplicationWork(parsed.GetValue(Wait), CpuWork.Calibrate(parsed.GetValue(Cpu))),
            CommandIterationsPerMs = parsed.GetValue(AllowFaults) ? CpuWork.Calibrate(TimeSpan.FromMilliseconds(1)) : 0,
        };

    private static int ServeModel(
        string program,
        (IServerModel Model, IReadOnlyDictionary<string, string> Parameters) chosen,
        ServerOptions options,
        bool tellsCrank
    )
    {
        if (chosen.Model.WhyUnavailable() is { } reason)
        {
            Console.Error.WriteLine($"{program}: {chosen.Model.Info.Id} cannot run here: {reason}");
            return ExitCode.Unavailable;
        }
        SelfReporter.StartIfAsked();
        var stop = StopSignals.Watch(chosen.Model.StopGrace);
        try
        {
            var context = new ServerContext(options, chosen.Parameters, Console.WriteLine);
            chosen.Model.Serve(context, stop);
            if (tellsCrank)
                Console.WriteLine(ServerStatistics.Now());
            return ExitCode.Success;
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine($"{program}: {chosen.Model.Info.Id} on {options.EndPoint}: {failure.Message}");
            return failure is SystemCallException { Errno: Errno.EADDRINUSE } ? ExitCode.PortInUse : ExitCode.Failure;
        }
    }
}
