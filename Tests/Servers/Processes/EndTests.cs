using System.Globalization;
using Xunit;

namespace C10k.Tests.Servers.Processes;

/// <summary>No process outlives the server that started it, whatever ends that, nor the client that it was started for.</summary>
public sealed class EndTests
{
    // Where a limit allows it, the kernel writes the memory of a process that crashed to a file, and the others wait for that.
    private static readonly string[] WithoutCoreFile = ["sh", "-c", "ulimit -c 0 && exec \"$0\" \"$@\""];

    public static TheoryData<string> Models =>
        ["process-per-connection", "prefork:workers=8", "hybrid:workers=3,threads=8", "epoll-workers:workers=3"];

    /// <summary>Signals that end the server at once, or crash it, or ask it to stop; SIGTERM and SIGINT, which every model is asked with, are in StopTests.</summary>
    public static MatrixTheoryData<string, int> ModelsAndSignals =>
        new(
            Models.Select(row => row.Data),
            [ProcessTree.SIGKILL, ProcessTree.SIGSEGV, ProcessTree.SIGABRT, ProcessTree.SIGQUIT, ProcessTree.SIGHUP]
        );

    [Theory]
    [Trait("Category", "long")]
    [MemberData(nameof(ModelsAndSignals))]
    public Task Whatever_signal_ends_the_server_they_end_in_time(string model, int signal) =>
        Stopping.InTime(async () =>
        {
            await using var server = await ServerUnderTest.StartThrough(WithoutCoreFile, model);
            using var clients = await Client.ConnectMany(server.EndPoint, 8);
            foreach (var client in clients.All)
                await client.ExpectEcho(Message.Of(64));
            var children = ProcessTree.Of(server.ProcessId).Skip(1).ToList();
            Assert.NotEmpty(children);

            // Over and over: the runtime takes a crash signal for a fault that comes again by itself, and only then dies of it.
            return await Stopping.Within(() =>
                Patience.Until(
                    "every process has ended",
                    () =>
                    {
                        server.Signal(signal);
                        return !ProcessTree.IsAlive(server.ProcessId) && !children.Exists(ProcessTree.IsAlive);
                    },
                    () => $"of {server.ProcessId} and {string.Join(", ", children)} some live"
                )
            );
        });

    // A worker that was started, but has not come to its first instruction yet, cannot have asked to end with its parent.
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(40)]
    public async Task Killing_the_server_while_it_starts_them_ends_them_too(int started)
    {
        await using var server = ServerUnderTest.Begin("prefork:workers=40");
        await Patience.Until(
            $"{started} workers are started",
            () => WorkersOf(server) >= started,
            () => $"there are {WorkersOf(server)}"
        );
        server.Signal(ProcessTree.SIGKILL);
        await Patience.Until("every worker has ended", () => WorkersOf(server) == 0, () => $"{WorkersOf(server)} live");
    }

    [Fact]
    public async Task Five_hundred_clients_that_came_and_went_leave_no_process_and_no_zombie()
    {
        await using var server = await ServerUnderTest.Start("process-per-connection");
        for (var group = 0; group < 10; group++)
            await Crowd.ComesAndGoes(server, clients: 50);
        await Patience.Until(
            "no child is left",
            () => ProcessTree.Of(server.ProcessId).Count == 1,
            () => $"there are {ProcessTree.Of(server.ProcessId).Count - 1}"
        );
    }

    // By what stands on their command lines, because those of a dead server are nobody's children any more.
    private static int WorkersOf(ServerUnderTest server)
    {
        var master = server.ProcessId.ToString(CultureInfo.InvariantCulture);
        return ProcessTree
            .CommandLines()
            .Count(words =>
                words is [var program, _, var second, ..]
                && program.EndsWith("Worker", StringComparison.Ordinal)
                && second == master
            );
    }
}
