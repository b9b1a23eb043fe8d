using System.CommandLine;
using C10k.CommandLine;
using C10k.Contract;
using C10k.Harness.Checking;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Nodes;
using C10k.Nodes.Processes;

namespace C10k.Harness.CommandLine;

/// <summary>Puts the conformance checks to a server, and says what passed.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> Server = new("server")
    {
        Description = "A model, a server.json or its folder, or \"name=mine,cmd=./mine --port {port}\".",
    };

    public static Command Create()
    {
        var check = new Command("check", "Try whether a server does what every server of the bench must do.")
        {
            Server,
        };
        check.SetAction(Execute);
        return check;
    }

    private static int Execute(ParseResult parsed)
    {
        var asked = Choose(parsed.GetRequiredValue(Server));
        var model = Preparation.Prepare([asked], Console.Error.WriteLine)[0];
        if (model.Info.Unavailable is { } reason)
        {
            Console.Error.WriteLine($"run-bench: {model.Name} cannot run here: {reason}");
            return ExitCode.Failure;
        }
        using var signals = new InterruptSignals();
        try
        {
            return Check(model, signals.Token);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static ModelVariant Choose(string asked)
    {
        var isModelName = !ServerText.IsOne(asked) && !File.Exists(asked) && !Directory.Exists(asked);
        var foreign = ForeignServers.Load(isModelName ? [] : [asked]);
        if (!isModelName)
            return ForeignServers.ToModel(foreign.Added[0]);
        var executable = Executables.Find("Servers");
        var found = ModelSelection.Select(ModelCatalogue.Load(executable), asked, foreign);
        if (found is not [var model])
            throw new UsageException($"check takes one server, and '{asked}' names {found.Count}");
        return model.Server is null ? WithCommand(model, executable) : model;
    }

    // A model of the bench, looked at as if it were a stranger.
    private static ModelVariant WithCommand(ModelVariant model, string executable) =>
        model with
        {
            Server = new ServerDefinition(
                model.Info,
                [executable, model.Name, Placeholders.ContractArgument],
                Directory.GetCurrentDirectory(),
                model.Name
            )
            {
                Ready = Readiness.Contract,
            },
        };

    private static int Check(ModelVariant model, CancellationToken stop)
    {
        var said = new StringWriter();
        var results = new List<CheckResult>();
        using (var log = new RunLog(said, TimeProvider.System))
        using (var launcher = new ProcessLauncher(log.Write, adoptsOrphans: true))
        {
            foreach (var conversation in model.Info.Conversations)
            {
                Console.WriteLine($"{model.Name}, {conversation}");
                foreach (var result in new ConformanceRun(launcher, model, stop).Check(conversation))
                {
                    Show(result);
                    results.Add(result);
                }
            }
        }
        var failed = results.Count(result => result.Outcome == CheckOutcome.Failed);
        var asked = results.Count(result => result.Outcome != CheckOutcome.Skipped);
        Console.WriteLine($"{asked - failed} of {asked} checks passed");
        if (failed > 0)
            Console.Error.Write(WhatItSaid(said));
        return failed > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Show(CheckResult result)
    {
        var word = result.Outcome == CheckOutcome.Failed ? "FAILED" : result.Outcome.ToString().ToLowerInvariant();
        Console.WriteLine($"  {word, -7}  {result.Name}{(result.Why.Length > 0 ? ": " + result.Why : "")}");
    }

    // The last of what the server printed may tell why.
    private static string WhatItSaid(StringWriter log)
    {
        const int Most = 20;
        var lines = log.ToString().Split('\n').Where(line => line.Contains(" server: std", StringComparison.Ordinal));
        return string.Concat(lines.TakeLast(Most).Select(line => line + "\n"));
    }
}
