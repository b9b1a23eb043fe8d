using System.Globalization;
using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Harness;
using C10k.Tests.Servers;
using C10k.Tests.Shared.Nodes.Agents;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd;

/// <summary>The Harness as it is, with its servers and its load generator, and a folder of its own for the results.</summary>
internal sealed class HarnessRun : IAsyncDisposable
{
    private static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private readonly TemporaryFolder _folder = new();

    /// <summary>Where all results go.</summary>
    public string Root => _folder["results"];

    /// <summary>Set for the Harness in addition.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A place beside the results.</summary>
    public string this[string name] => _folder[name];

    /// <summary>The results of the newest run.</summary>
    public ResultsFolder Latest => ResultsFolder.Open(Path.Combine(Root, "latest"));

    public IReadOnlyList<SummaryRow> Summary => CsvFile.Read<SummaryRow>(Latest.SummaryCsv);

    public IReadOnlyList<WindowRow> Windows => CsvFile.Read<WindowRow>(Latest.WindowsCsv);

    /// <summary>Fails unless it ended well, with all that there is to find the cause by.</summary>
    /// <param name="command">What was run, where that is one of several.</param>
    public void Succeeded(Finished finished, string command = "") =>
        Assert.True(
            finished.ExitCode == ExitCode.Success,
            $"{command}\n{finished.Stdout}{finished.Stderr}\n{string.Join('\n', LogLines)}"
        );

    public static string[] Split(string args) => args.Split(' ');

    /// <summary>Runs it to its end.</summary>
    public Task<Finished> Run(params string[] args) => RunningProgram.ToEnd(Describe(args));

    /// <summary>Runs it to its end, and again where the machine stood still meanwhile: what it found then says nothing of anybody.</summary>
    public async Task<Finished> RunUndisturbed(params string[] args)
    {
        const int Attempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            var finished = await RunWithBuild(args);
            if (attempt == Attempts || !finished.Stderr.Contains("the load stood still", StringComparison.Ordinal))
                return finished;
        }
    }

    /// <summary>Runs it to its end, where it has to compile something first.</summary>
    public Task<Finished> RunWithBuild(params string[] args) =>
        RunningProgram.ToEnd(Describe(args) with { Limit = TimeSpan.FromMinutes(4) });

    /// <summary>Runs it with so many descriptors.</summary>
    public Task<Finished> RunWithDescriptors(int limit, params string[] args) =>
        RunThrough(["sh", "-c", $"ulimit -n {limit} && exec \"$0\" \"$@\""], args);

    /// <summary>Runs it by way of another command, which puts it in its own place.</summary>
    public Task<Finished> RunThrough(IReadOnlyList<string> command, params string[] args) =>
        RunningProgram.ToEnd(Describe(args) with { Through = command });

    /// <summary>Runs it on a terminal, of which all is stdout; <c>script</c> has to be installed.</summary>
    public Task<Finished> RunOnTerminal(params string[] args) =>
        RunThrough(["bash", "-c", "TERM=xterm-256color exec script -qec \"${*@Q}\" /dev/null", "terminal"], args);

    public RunningProgram Start(params string[] args) => new(Describe(args));

    /// <summary>The folders of all runs.</summary>
    public IReadOnlyList<string> Runs =>
        Directory.Exists(Root)
            ? [.. Directory.GetDirectories(Root).Where(path => Path.GetFileName(path) != "latest")]
            : [];

    /// <summary>What stands in the logs by now.</summary>
    public IEnumerable<string> LogLines =>
        Directory.Exists(Root) ? Directory.GetFiles(Root, "bench.log", WithoutLinks).SelectMany(File.ReadLines) : [];

    /// <summary>The ids of the processes that the log says were started.</summary>
    public IReadOnlyList<int> Started(string role)
    {
        var lines = LogLines.Where(line => line.Contains($" {role}: pid ", StringComparison.Ordinal));
        return [.. lines.Select(line => int.Parse(line.Split(' ')[4], CultureInfo.InvariantCulture))];
    }

    /// <summary>Waits until a server has been started and its load generator too, and both run.</summary>
    public Task BothRun(RunningProgram program) =>
        Patience.Until(
            "a server and its load",
            () =>
                Started("load") is [.., var load]
                && ProcessTree.IsAlive(load)
                && ProcessTree.IsAlive(Started("server")[^1]),
            () => program.Stderr
        );

    /// <summary>Waits until nothing that was started runs any more.</summary>
    public Task NothingRuns() =>
        Patience.Until("nothing runs", () => Running.Count == 0, () => $"{string.Join(' ', Running)} do");

    private List<int> Running => [.. Started("server").Concat(Started("load")).Where(ProcessTree.IsAlive)];

    private ProgramStart Describe(string[] args) =>
        new("Harness", args)
        {
            Folder = _folder.FullPath,
            Environment = new Dictionary<string, string>(Environment)
            {
                ["C10K_RESULTS"] = Root,
                ["TERM"] = "dumb",
                ["C10K_AGENT_TOKEN"] = RunningAgent.Token,
            },
        };

    public async ValueTask DisposeAsync()
    {
        await NothingRuns();
        _folder.Dispose();
    }
}
