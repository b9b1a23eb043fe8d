using System.Net;
using C10k.Contract;
using C10k.Nodes;
using C10k.Nodes.Processes;

namespace C10k.Harness.Trials;

/// <summary>Starting, checking and stopping the two sides.</summary>
internal sealed partial class Trial
{
    // The runtime's debugger and profiler ports need threads and leave files in /tmp; no server model is about them.
    private static readonly Dictionary<string, string> QuietRuntime = new() { ["DOTNET_EnableDiagnostics"] = "0" };

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMilliseconds(100);

    private Dictionary<string, string> ServerEnvironment =>
        new(QuietRuntime) { [SelfReport.Variable] = _selfReportName };

    private ProcessStart DescribeServer() =>
        new(
            "server",
            environment.ServersExecutable,
            [planned.Model.Name, .. CaseCommands.OfServer(planned.Workload)],
            environment.Nodes.Server.Cpus
        )
        {
            Environment = ServerEnvironment,
        };

    private LoadCrew StartLoad(IPEndPoint server, double? rate) =>
        new(
            environment.Nodes.Loads,
            planned.Clients,
            (node, share) => new LoadProcess(node.Start(DescribeLoad(server, node, share, rate))),
            environment.Log.Write,
            stop
        );

    private ProcessStart DescribeLoad(IPEndPoint server, INode node, LoadShare share, double? rate) =>
        new(
            "load",
            environment.LoadExecutable,
            CaseCommands.OfLoad(planned, Settings.MessageBytes, server, rate, share, node.Cpus.Cpus.Count),
            node.Cpus
        )
        {
            Environment = QuietRuntime,
        };

    private IPEndPoint WaitUntilReady(IChildProcess server)
    {
        string? line;
        try
        {
            line = server.ReadLine(ReadyWithin, stop);
        }
        catch (TimeoutException)
        {
            throw new TrialException($"the server was not ready within {ReadyWithin.TotalSeconds} s; see bench.log");
        }
        if (line is null)
        {
            server.WaitForExit(TimeSpan.FromSeconds(1));
            throw new TrialException($"the server {server.Fate} before it was ready; see bench.log");
        }
        return ReadyLine.TryParse(line, out var endPoint)
            ? endPoint
            : throw new TrialException(
                $"the server's first line is not READY address:port but '{line[..Math.Min(line.Length, 80)]}'"
            );
    }

    private void ProbeServer(IChildProcess server, IPEndPoint endPoint)
    {
        try
        {
            environment.Probe(planned, endPoint, ProbeEffort.BeforeMeasuring, stop);
        }
        catch (TrialException)
        {
            // Its connections end a moment before it does.
            server.WaitForExit(EndsWithin);
            CheckRuns(server, "before the load began");
            throw;
        }
    }

    private static void CheckRuns(IChildProcess server, string when = "under load")
    {
        if (server.ExitCode is { } exitCode)
            throw new TrialException($"the server ended with exit code {exitCode} {when}; see bench.log")
            {
                ExitCode = exitCode,
            };
        if (server.IsHalted)
            throw new TrialException($"the server was halted (SIGSTOP) {when}, and did not go on");
    }

    // The windows are measured: an interruption no longer changes what they held.
    private void StopLoad(LoadCrew load)
    {
        var stopped = load.Finish(StopWithin);
        _result = _result with { Errors = stopped.Errors, Unanswered = stopped.Unanswered };
        if (stopped.Errors.Wrong > 0)
            throw new TrialException(
                $"{stopped.Errors.Wrong:N0} replies were wrong, and a server that answers wrongly gets no figure"
            );
    }

    private void StopServer(IChildProcess server)
    {
        var obeyed = server.Stop(StopWithin);
        if (obeyed && server.ExitCode != ExitCode.Success)
            environment.Log.Write($"server: ended with exit code {server.ExitCode} when it was asked to stop");
        if (!obeyed)
            _result = _result with
            {
                Note = $"the server did not stop within {StopWithin.TotalSeconds} s and was killed",
            };
    }
}
