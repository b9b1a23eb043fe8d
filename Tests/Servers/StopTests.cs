using System.Net;
using C10k.Contract;
using C10k.Hosting;
using C10k.Linux;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Every model stops when it is told to, in each of the ways it can be told, whatever it is doing.</summary>
public sealed class StopTests
{
    public static MatrixTheoryData<string, StopBy> AllModelsAndWays =>
        new(RunningServers.AllModels.Select(row => row.Data), Enum.GetValues<StopBy>());

    public static MatrixTheoryData<string, StopBy> ModelsAndWays =>
        new(RunningServers.PlainModels.Select(row => row.Data), Enum.GetValues<StopBy>());

    [Theory]
    [MemberData(nameof(AllModelsAndWays))]
    public Task Stops_while_its_clients_are_idle(string model, StopBy way) =>
        Stopping.InTime(async () =>
        {
            await using var server = await ServerUnderTest.Start(model);
            using var clients = await Client.ConnectMany(server.EndPoint, 20);
            foreach (var client in clients.All.Take(server.ServesAtOnce(20)))
                await client.ExpectEcho(Message.Of(64));

            var inTime = await StopsCleanly(server, way);
            foreach (var client in clients.All)
                await client.ExpectEnd();
            return inTime;
        });

    [Theory]
    [MemberData(nameof(ModelsAndWays))]
    public Task Stops_while_bytes_are_under_way(string model, StopBy way) =>
        Stopping.InTime(async () =>
        {
            await using var server = await ServerUnderTest.Start(model);
            using var stalled = await Client.Connect(server.EndPoint, windowBytes: 64 * 1024);
            stalled.SendUntilRefused(Message.Of(64 * 1024));
            using var talkers = await Client.ConnectMany(server.EndPoint, server.ServesAtOnce(8) - 1);
            var talks = talkers.All.Select(TalkUntilTheEnd).ToList();
            await Task.WhenAll(talks.Select(talk => talk.Begun));

            var inTime = await StopsCleanly(server, way);
            await stalled.DrainToEnd();
            await Task.WhenAll(talks.Select(talk => talk.Ended));
            return inTime;
        });

    private static async Task<bool> StopsCleanly(ServerUnderTest server, StopBy way)
    {
        Assert.SkipWhen(
            way == StopBy.Sigint && ProcessTree.IsIgnored(Environment.ProcessId, ProcessTree.SIGINT),
            "SIGINT is ignored here, as for background jobs of a shell, and the server inherits that"
        );
        var processes = ProcessTree.Of(server.ProcessId);
        var inTime = await server.Stops(way);
        Assert.Equal("", server.Complaints);
        Assert.Equal([ReadyLine.Format(server.EndPoint)], server.Stdout);
        await Patience.Until(
            "every process has ended",
            () => !processes.Any(ProcessTree.IsAlive),
            () => $"{string.Join(' ', processes.Where(ProcessTree.IsAlive))} have not"
        );
        await Patience.Until("its port is free", () => IsFree(server.EndPoint), () => "it is taken");
        return inTime;
    }

    private static bool IsFree(IPEndPoint endPoint)
    {
        try
        {
            Listener.Open(endPoint, backlog: 1, nonBlocking: true).Dispose();
            return true;
        }
        catch (SystemCallException taken) when (taken.Errno == Errno.EADDRINUSE)
        {
            return false;
        }
    }

    private static (Task Begun, Task Ended) TalkUntilTheEnd(Client client)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (begun.Task, Talk());

        async Task Talk()
        {
            var message = Message.Of(64 * 1024);
            try
            {
                while ((await Exchange(client, message)).Length == message.Length)
                    begun.TrySetResult();
            }
            catch (System.Net.Sockets.SocketException)
            {
                // The server closed in mid-message, as it should.
            }
            begun.TrySetException(new InvalidOperationException("the server left before it was told to stop"));
        }
    }

    private static async Task<byte[]> Exchange(Client client, byte[] message)
    {
        var sending = client.Send(message);
        var received = await client.Receive(message.Length);
        await sending;
        return received;
    }
}
