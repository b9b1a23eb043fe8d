using System.Globalization;
using System.Net;
using C10k.CommandLine;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Nodes;
using C10k.Nodes.Processes;

namespace C10k.Harness.Trials;

/// <summary>Lets wrk load a server, for a figure that is not ours: <c>--load wrk</c>.</summary>
/// <param name="node">Where it runs: on the CPUs of the load.</param>
/// <param name="window">How long, at least; wrk knows whole seconds only.</param>
internal sealed class WrkRun(INode node, int clients, TimeSpan window, CancellationToken stop)
{
    public const string Program = "wrk";

    // Connecting, and the replies that wrk waits for at its end.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>What wrk is called that is installed here, with its version.</summary>
    /// <exception cref="UsageException">None is.</exception>
    public static string Version()
    {
        if (Executables.OnPath(Program) is null)
            throw new UsageException($"--load {Program} needs {Program}, which is not installed: apt-get install wrk");
        var said = Tool.Run([Program, "-v"], Directory.GetCurrentDirectory(), LastWords).Output;
        return said.Split('\n')[0].Split(" Copyright")[0].Trim();
    }

    /// <summary>Why wrk cannot do what the clients of a workload do; null where it can.</summary>
    public static string? WhyNot(Workload workload)
    {
        if (workload.Conversation != "http")
            return $"it speaks {workload.Conversation}, and wrk speaks http, as --workload http does";
        return workload is { IsPlainLoop: true, Pipeline: 1, Active: null, ReadRate: 0, ConnectAtOnce: false }
            ? null
            : "wrk's clients all ask, one request at a time, as soon as they have their reply";
    }

    /// <summary>Runs it to its end. What goes wrong costs this figure only.</summary>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public WrkFigures Measure(IPEndPoint server)
    {
        try
        {
            using var wrk = node.Start(Describe(server));
            return Read(wrk);
        }
        catch (NodeException refused)
        {
            return WrkFigures.None(refused.Message);
        }
        catch (TimeoutException)
        {
            return WrkFigures.None("wrk did not end in time");
        }
    }

    private int Seconds => Math.Max(1, (int)Math.Ceiling(window.TotalSeconds));

    private WrkFigures Read(IChildProcess wrk)
    {
        var text = "";
        while (wrk.ReadLine(TimeSpan.FromSeconds(Seconds) + Slack, stop) is { } line)
            text += line + "\n";
        wrk.WaitForExit(LastWords);
        if (WrkOutput.TryParse(text) is not { } figures)
            return WrkFigures.None($"wrk {wrk.Fate}; see bench.log");
        return figures.Requests > 0 ? figures : figures with { Unavailable = "wrk had no reply" };
    }

    private ProcessStart Describe(IPEndPoint server) =>
        new(
            Program,
            Program,
            [
                "--latency",
                "--threads",
                Text(Threads(clients, node.Cpus.Cpus.Count)),
                "--connections",
                Text(clients),
                "--duration",
                $"{Text(Seconds)}s",
                $"http://{server}/",
            ],
            node.Cpus
        );

    /// <summary>A thread for each CPU, or fewer: wrk gives each the same number of connections, and leaves out the rest.</summary>
    public static int Threads(int clients, int cpus)
    {
        var threads = Math.Min(cpus, clients);
        while (clients % threads != 0)
            threads--;
        return threads;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
