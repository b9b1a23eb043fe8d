using System.CommandLine;
using System.CommandLine.Help;
using C10k.CommandLine;
using C10k.LoadGen.Calibration;
using C10k.Nodes.Agents;

namespace C10k.LoadGen.Modes;

/// <summary>The command line of LoadGen: alone like wrk or hey, or under the control of somebody else.</summary>
internal static class LoadCommand
{
    private const string Text = """
        Opens many TCP connections to a server, lets them ask, and checks every byte of every reply.

        Examples:
          LoadGen --target 127.0.0.1:5000 --clients 10000
              ten thousand clients, each asking as soon as it has its reply
          LoadGen --target 127.0.0.1:5000 --clients 1000 --rate 20000 --arrivals poisson
              20,000 requests a second, whether the server keeps up or not
          LoadGen --target 127.0.0.1:5000 --clients 10000 --active 100 --think exp:50ms
              a hundred people who think, among ten thousand who only stay connected
          LoadGen --target 127.0.0.1:8080 --conversation http --requests-per-connection 1 --json
              a new connection for each request, the result as JSON
          LoadGen --target 127.0.0.1:5000 --conversation bulk --size 1m --read-rate 100k
              slow readers of long replies
          LoadGen calibrate
              how much load this machine can make at all
        """;

    private static readonly Option<TimeSpan> Duration = OptionOf.Duration(
        "--duration",
        "How long to measure.",
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMilliseconds(1)
    );
    private static readonly Option<TimeSpan> WarmUp = OptionOf.Duration(
        "--warmup",
        "How long to load before measuring.",
        TimeSpan.FromSeconds(1),
        TimeSpan.Zero
    );
    private static readonly Option<TimeSpan> Interval = OptionOf.Duration(
        "--interval",
        "How often to tell how it goes, on a terminal and in the --hlog file.",
        TimeSpan.FromSeconds(1),
        TimeSpan.FromMilliseconds(10)
    );
    private static readonly Option<string?> Hgrm = new("--hgrm")
    {
        Description = "Write the whole distribution to this file, as HdrHistogram's plotters read it.",
    };
    private static readonly Option<string?> Hlog = new("--hlog")
    {
        Description = "Write the distribution of each interval to this file, as HdrHistogram's log tools read it.",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object." };
    private static readonly Option<bool> Crank = new("--crank")
    {
        Description = "Print what the agents of dotnet/crank read, too.",
    };
    private static readonly Option<bool> Control = new("--control")
    {
        Description = "Take orders as JSON lines on stdin and answer on stdout.",
    };

    // Whoever is in control says how long, and gets everything.
    private static readonly Option[] ForUseAlone = [Duration, WarmUp, Interval, Json, Crank, Hgrm, Hlog];

    public static RootCommand Create()
    {
        var root = new RootCommand(Text);
        foreach (var option in (Option[])[.. LoadArguments.All, .. ForUseAlone, Control])
            root.Add(option);
        root.Add(AgentCommand.Create(new AgentCatalogue("LoadGen", WhyNot)));
        root.Add(CalibrateCommand.Create());
        root.Add(CalibrateCommand.CreateResponder());
        root.SetAction((parsed, _) => parsed.GetValue(Control) ? RunControlled(parsed) : RunAlone(parsed));
        return root;
    }

    /// <summary>Why these arguments start no load under control that leaves no files behind; null where they do.</summary>
    public static string? WhyNot(IReadOnlyList<string> args)
    {
        var root = Create();
        var (parsed, mistake) = CommandLineProgram.Parse(root, args);
        if (parsed is null)
            return mistake;
        if (parsed.CommandResult.Command != root || parsed.Action is HelpAction || !parsed.GetValue(Control))
            return "what can be started is a load under --control";
        if (parsed.GetValue(Hgrm) is not null || parsed.GetValue(Hlog) is not null)
            return "no files are written here: leave out --hgrm and --hlog";
        try
        {
            ReadControlled(parsed);
            return null;
        }
        catch (UsageException wrong)
        {
            return wrong.Message;
        }
    }

    private static Task<int> RunControlled(ParseResult parsed) =>
        new ControlledMode(ReadControlled(parsed), Console.In, Console.Out).Run();

    private static LoadOptions ReadControlled(ParseResult parsed) =>
        Array.Find(ForUseAlone, option => IsGiven(parsed, option)) is { } option
            ? throw new UsageException($"{option.Name} is for use alone: leave out --control")
            : LoadArguments.Read(parsed);

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static async Task<int> RunAlone(ParseResult parsed)
    {
        var options = LoadArguments.Read(parsed);
        // Those who write command lines for every conversation alike name a size always.
        if (!parsed.GetValue(Crank))
            LoadArguments.CheckSizeSaysSomething(parsed);
        using var files = new HistogramFiles(parsed.GetValue(Hgrm), parsed.GetValue(Hlog));
        var times = new Times(parsed.GetValue(WarmUp), parsed.GetValue(Duration), parsed.GetValue(Interval));
        return await new StandaloneMode(options, times, files, parsed.GetValue(Json), parsed.GetValue(Crank)).Run();
    }
}
