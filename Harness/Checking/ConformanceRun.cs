using System.Diagnostics;
using C10k.Contract;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Nodes;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Harness.Checking;

/// <summary>Starts a server, puts every check to it, and stops it.</summary>
internal sealed class ConformanceRun(ProcessLauncher launcher, ModelVariant model, CancellationToken stop)
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static int s_runs;

    /// <summary>The results, one by one as they come.</summary>
    /// <param name="conversation">What the server is told to speak.</param>
    public IEnumerable<CheckResult> Check(string conversation)
    {
        const string Starts = "it starts, and its port is its own";
        var workload = new Workload(conversation, "", "") { Conversation = conversation };
        using var foreign = new ForeignStart(model.Server!, workload, CpuSet.Allowed, launcher.EndOrphans);
        using var process = launcher.Start(foreign.Describe(Environment));
        if (TryStart(foreign, process, conversation, out var server) is { } failure)
        {
            yield return new CheckResult(Starts, CheckOutcome.Failed, failure);
            yield break;
        }
        yield return new CheckResult(Starts, CheckOutcome.Passed);
        foreach (var check in ConformanceChecks.All)
            yield return Run(check, server!);
        yield return Stop(server!, process);
    }

    private static Dictionary<string, string> Environment =>
        new()
        {
            ["DOTNET_EnableDiagnostics"] = "0",
            [SelfReport.Variable] = $"c10k-check-{System.Environment.ProcessId}-{Interlocked.Increment(ref s_runs)}",
        };

    private string? TryStart(
        ForeignStart foreign,
        IChildProcess process,
        string conversation,
        out CheckedServer? server
    )
    {
        server = null;
        try
        {
            var endPoint = foreign.WaitUntilReady(process, stop);
            var atOnce = model.ServesAtOnce(CpuSet.Allowed) ?? int.MaxValue;
            server = new CheckedServer(endPoint, conversation, model.Info, atOnce);
            return null;
        }
        catch (NodeException failure)
        {
            return failure.Message;
        }
    }

    private CheckResult Run(ConformanceCheck check, CheckedServer server)
    {
        if (check.ManyRequests && server.Info.OneRequestPerConnection)
            return new CheckResult(check.Name, CheckOutcome.Skipped, "it answers one request on a connection");
        return Judge(check.Name, () => check.Run(server, stop).GetAwaiter().GetResult());
    }

    private CheckResult Stop(CheckedServer server, IChildProcess process) =>
        Judge(
            "it stops when it is told to, with clients connected, and leaves nothing",
            () =>
            {
                var clients = ConformanceChecks.ConnectTalkers(server, stop).GetAwaiter().GetResult();
                try
                {
                    StopAndLook(server, process);
                }
                finally
                {
                    foreach (var client in clients)
                        client.Dispose();
                }
            }
        );

    private static void StopAndLook(CheckedServer server, IChildProcess process)
    {
        var tree = new ProcessTree(process.Id, new ProcReader());
        tree.Find();
        if (!process.Stop(StopWithin))
            throw new TrialException($"it did not end within {StopWithin.TotalSeconds} s, and was killed");
        var begin = Stopwatch.GetTimestamp();
        while (Left(tree, server) is { } left)
        {
            if (Stopwatch.GetElapsedTime(begin) > GoneWithin)
                throw new TrialException(left);
            Thread.Sleep(Look);
        }
    }

    private static string? Left(ProcessTree tree, CheckedServer server)
    {
        var alive = tree.Alive();
        if (alive.Count > 0)
            return $"it left processes behind: {string.Join(", ", alive)}";
        return PortOwner.NameOf(server.EndPoint) is { } stranger ? $"{stranger} still listens on its port" : null;
    }

    private static CheckResult Judge(string name, Action check)
    {
        try
        {
            check();
            return new CheckResult(name, CheckOutcome.Passed);
        }
        catch (NodeException failure)
        {
            return new CheckResult(name, CheckOutcome.Failed, failure.Message);
        }
    }
}

internal enum CheckOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>What came of one check.</summary>
/// <param name="Why">Why it failed, or was not put to the server.</param>
internal sealed record CheckResult(string Name, CheckOutcome Outcome, string Why = "");
