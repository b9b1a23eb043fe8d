using System.Net;
using System.Net.Sockets;
using C10k.Contract;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>Every fault that is let happen. A new one is an entry here, and a row of the table in docs/reliability.md.</summary>
internal static class FaultCatalogue
{
    private const string One = "--models poll --clients 5 --windows 1 --window 3s --warmup 0s";
    private const string Two = "--models epoll-level,poll --clients 5 --windows 1 --window 1500ms --warmup 0s";

    // At each border a server is asked what it tells of itself: so often that one that does not answer lets no more asks wait.
    private const string ManyWindows = "--models epoll-level,poll --clients 5 --windows 12 --window 250ms --warmup 0s";

    private const string Lasting = "--models poll --clients 5 --windows 60 --window 1s --warmup 0s";
    private const string Processes = "--models prefork:workers=4 --clients 4 --windows 20 --window 1s --warmup 0s";

    // Nobody waits for the end of this window.
    private const string Endless = "--models prefork:workers=4 --clients 4 --windows 1 --window 30s --warmup 0s";

    private const string Many =
        "--models epoll-level --clients 1,2,3,4,5,6,7,8,9,10 --windows 1 --window 500ms --warmup 0s";

    // An answer that has to hold again and again, so that there are rows enough to fill a disk.
    private const string Search =
        "capacity poll --clients 2 --slo 1s --repeats 100 --windows 1 --window 20ms --warmup 0s";

    private const string Duel = "duel poll epoll-level --clients 2 --budget 1s --windows 1 --window 20ms --warmup 0s";

    public static IReadOnlyList<Fault> All { get; } =
    [
        new(
            "the server is killed (SIGKILL)",
            () => FaultyRun.With(Two, run => Signal(run, "server", ProcessTree.SIGKILL))
        ),
        new(
            "the server is halted (SIGSTOP)",
            () => FaultyRun.With(ManyWindows, run => Signal(run, "server", ProcessTree.SIGSTOP))
        ),
        new("the load generator is halted (SIGSTOP)", () => FaultyRun.With(One, HaltLoadForGood)),
        new(
            "the load generator is halted for a while, and goes on",
            () => FaultyRun.With(One, HaltLoad, standsStill: true)
        ),
        new(
            "every process of the run is halted for a while, as with the machine",
            () => FaultyRun.With(One, HaltAll, standsStill: true)
        ),
        new("the clock is set back by an hour", ClockSetBack.Happen),
        new("the load generator is killed", () => FaultyRun.With(Two, run => Signal(run, "load", ProcessTree.SIGKILL))),
        new("Ctrl-C, once", () => FaultyRun.With(Processes, run => Interrupt(run, ProcessTree.SIGINT))),
        new("Ctrl-C, twice", () => FaultyRun.With(Endless, InterruptTwice)),
        new("SIGTERM", () => FaultyRun.With(Processes, run => Interrupt(run, ProcessTree.SIGTERM))),
        new("SIGTERM to every process of the run", () => FaultyRun.With(Processes, TerminateAll)),
        new("the Harness is killed (SIGKILL)", () => FaultyRun.With(Processes, Kill)),
        new("the Harness is killed, and --resume goes on", ResumeAfterKill),
        new("the disk is full", () => FullDisk.With(FullDisk.KbOfARun, Many)),
        new(
            "the disk is full, and --resume goes on where there is room again",
            () => FullDisk.AndResume(FullDisk.KbOfARun, Many, EveryCaseHasItsRows)
        ),
        new("the disk is full when the page is to be written", () => FullDisk.With(FullDisk.KbOfFigures, One)),
        new("the disk is full, of capacity", () => FullDisk.With(FullDisk.KbOfASearch, Search)),
        new("the disk is full, of a duel", () => FullDisk.With(FullDisk.KbOfABeginning, Duel)),
        new("the disk is full, of latencies", () => FullDisk.With(FullDisk.KbOfASearch, "latencies --quick")),
        new("two runs at once", TwoAtOnce),
        new("a second run in the folder of the first", TwoInOneFolder),
        new(
            "the server prints without end on stderr",
            () => StrangeServer.Script("yes problem >&2 & exec \"$0\" poll \"$@\"")
        ),
        new(
            "the server prints without end on stdout",
            () => StrangeServer.Script("\"$0\" poll \"$@\" | (read -r ready; echo \"$ready\"; exec yes)")
        ),
        new("the server prints something else than READY", () => StrangeServer.Script("echo listening; sleep 1000")),
        new(
            "the server keeps every connection open, until it has no descriptor left",
            () => StrangeServer.Python(PythonServers.Leaking, "churn", "ulimit -n 32")
        ),
        new(
            "the server has no memory left",
            () => StrangeServer.Python(PythonServers.Hungry, "echo", "ulimit -v 1000000")
        ),
        new("the server's port is held by somebody else", PortIsHeld),
        new("the server announces somebody else's port", PortOfAnother),
        new("somebody else joins the server at its port", SomebodyJoins),
        new(
            "the server gives a client the reply that another was due",
            () => StrangeServer.Python(PythonServers.Stale)
        ),
        new("the server gives everybody the same reply", () => StrangeServer.Python(PythonServers.Canned)),
        new("the server answers 500 where 200 is due", () => StrangeServer.Python(PythonServers.Refusing, "http")),
    ];

    private static async Task Signal(FaultyRun run, string role, int signal)
    {
        await run.BothRun();
        run.Signal(role, signal);
    }

    private static async Task Interrupt(FaultyRun run, int signal)
    {
        await run.WindowIsUnderWay();
        run.Program.Signal(signal);
    }

    private static async Task InterruptTwice(FaultyRun run)
    {
        await run.WindowIsUnderWay();
        await run.InterruptTwice();
        await run.IsGoneAtOnce();
    }

    private static async Task Kill(FaultyRun run)
    {
        await Interrupt(run, ProcessTree.SIGKILL);
        await run.IsGoneAtOnce();
    }

    // As a service manager or a shell does it: nobody waits for anybody, and so nobody complains of another's end.
    private static async Task TerminateAll(FaultyRun run)
    {
        await run.WindowIsUnderWay();
        foreach (var process in ProcessTree.Of(run.Program.Id))
            _ = ProcessTree.Signal(process, ProcessTree.SIGTERM);
        await run.Program.Finish();
        Assert.DoesNotContain(run.Harness.LogLines, line => line.Contains("signal 15", StringComparison.Ordinal));
        Assert.DoesNotContain("signal 15", run.Program.Stderr, StringComparison.Ordinal);
    }

    private static async Task HaltLoadForGood(FaultyRun run)
    {
        await run.WindowIsUnderWay();
        run.Signal("load", ProcessTree.SIGSTOP);
    }

    private static async Task HaltLoad(FaultyRun run)
    {
        await run.WindowIsUnderWay();
        await run.HaltForAWhile([run.Harness.Started("load")[^1]]);
    }

    private static async Task HaltAll(FaultyRun run)
    {
        await run.WindowIsUnderWay();
        await run.HaltForAWhile(ProcessTree.Of(run.Program.Id));
    }

    private static async Task<FaultOutcome> ResumeAfterKill()
    {
        await using var harness = new HarnessRun();
        await using (var program = harness.Start(HarnessRun.Split(Many)))
        {
            var run = new FaultyRun(harness, program);
            await run.SomeAreRecorded(trials: 2);
            program.Signal(ProcessTree.SIGKILL);
            await program.Finish();
        }
        // Before anything is made anew of the journal.
        Assert.InRange(Leftovers.HoldAllThatWasRecorded(harness.Latest.FullPath), 1, 9);
        var finished = await harness.Run("--resume", harness.Latest.FullPath);
        EveryCaseHasItsRows(harness);
        return await FaultyRun.Outcome(harness, finished);
    }

    private static void EveryCaseHasItsRows(HarnessRun harness)
    {
        Assert.Equal(Enumerable.Range(1, 10), harness.Summary.Select(row => row.Clients).Order());
        Assert.Equal(Enumerable.Range(1, 10), harness.Windows.Select(row => row.Clients).Order());
    }

    private static async Task<FaultOutcome> TwoAtOnce()
    {
        await using var harness = new HarnessRun();
        string[] args = HarnessRun.Split("--models poll --clients 3 --windows 1 --window 500ms --warmup 0s");
        var both = await Task.WhenAll(harness.Run(args), harness.Run(args));
        Assert.Equal(2, harness.Runs.Count);
        Assert.All(both, run => harness.Succeeded(run));
        return await FaultyRun.Outcome(harness, both[0]);
    }

    private static async Task<FaultOutcome> PortIsHeld()
    {
        using var holder = TcpTestServer.Echo(64);
        return await StrangeServer.Script($"exec \"$0\" poll --port {holder.EndPoint.Port}");
    }

    private static async Task<FaultOutcome> PortOfAnother()
    {
        using var other = TcpTestServer.Echo(64);
        return await StrangeServer.Script($"echo READY {other.EndPoint}; exec sleep 1000");
    }

    private static async Task<FaultOutcome> SomebodyJoins()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        return await StrangeServer.Script("exec \"$0\" epoll-workers:workers=1,listener=reuseport \"$@\"", Join);

        void Join(IPEndPoint server)
        {
            const int ReusePort = 15;
            other.SetRawSocketOption(1, ReusePort, BitConverter.GetBytes(1));
            other.Bind(server);
            other.Listen();
        }
    }

    private static async Task<FaultOutcome> TwoInOneFolder()
    {
        await using var harness = new HarnessRun();
        await using var first = harness.Start(HarnessRun.Split(Lasting));
        await new FaultyRun(harness, first).WindowIsUnderWay();
        var second = await harness.Run("--resume", harness.Latest.FullPath);
        first.Signal(ProcessTree.SIGINT);
        Assert.Equal(ExitCode.Interrupted, (await first.Finish()).ExitCode);
        return await FaultyRun.Outcome(harness, second);
    }
}
