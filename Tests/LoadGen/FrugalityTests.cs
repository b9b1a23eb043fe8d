using C10k.LoadGen;
using C10k.LoadGen.Arrivals;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>What is counted for the whole process, or timed, and would be disturbed by other tests.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>What a request and a connection cost in memory.</summary>
[Collection(nameof(AloneInTheProcess))]
public class FrugalityTests
{
    private const int RequestsPerConnection = 10;

    [Theory]
    [InlineData("echo", "")]
    [InlineData("echo", "pipeline")]
    [InlineData("echo", "rate")]
    [InlineData("echo", "think")]
    [InlineData("echo", "churn")]
    [InlineData("hello", "")]
    [InlineData("prefix", "")]
    [InlineData("http", "")]
    [InlineData("bulk", "")]
    [InlineData("sink", "")]
    public async Task A_request_allocates_nothing(string conversation, string kind)
    {
        await using var server = await ServerUnderTest.Start("epoll-level", "--conversation", conversation);
        var options = Loads.Options(server.EndPoint, clients: 100, threads: 1) with
        {
            Conversation = conversation,
            Pipeline = kind == "pipeline" ? 4 : 1,
            RequestsPerConnection = kind == "churn" ? RequestsPerConnection : 0,
            Pace = kind switch
            {
                "rate" => Pace.Scheduled(40_000),
                "think" => Pace.Think(TimeSpan.FromMilliseconds(2), isRandom: true),
                _ => Pace.AtOnce,
            },
        };
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        load.Begin();
        var windows = await Task.Run(() => load.Measure(9, TimeSpan.FromMilliseconds(200), () => { }).ToList());
        // The first ones make what the later ones use again; the least of those, since the runtime may have needed an object once.
        var least = windows
            .Skip(3)
            .Select(window => window.Report)
            .Where(report => report.Requests >= 500)
            .Select(report => report.AllocatedBytes / (double)report.Requests)
            .DefaultIfEmpty(double.PositiveInfinity)
            .Min();
        // The smallest object has 24 bytes: not even every fiftieth request makes one. A connect may make one or two.
        Assert.InRange(least, 0, kind == "churn" ? 64.0 / RequestsPerConnection : 0.5);
    }

    [Theory]
    [InlineData("echo", 1, false, 0)]
    [InlineData("echo", 4, true, 0)]
    [InlineData("bulk", 1, false, 10_000)]
    [InlineData("http", 1, false, 0)]
    public async Task A_connection_takes_no_more_than_512_bytes(
        string conversation,
        int pipeline,
        bool scheduled,
        int readRate
    )
    {
        const int Clients = 9_000;
        await using var server = await ServerUnderTest.Start("epoll-level", "--conversation", conversation);
        var options = Loads.Options(server.EndPoint, Clients, threads: 1) with
        {
            Conversation = conversation,
            Pipeline = pipeline,
            Pace = scheduled ? Pace.Scheduled(20_000) : Pace.AtOnce,
            ReadRate = readRate,
        };
        var few = await KeptOften(options with { Clients = 10 });
        var many = await KeptOften(options);
        Assert.InRange((many.Max() - few.Min()) / (Clients - 10), 16, 512);
    }

    // Whether a histogram more is in use, of 214 KiB, is a matter of the moment: as much as 25 bytes for each of the clients.
    private static async Task<IReadOnlyList<long>> KeptOften(LoadOptions options)
    {
        var kept = new List<long>();
        for (var i = 0; i < 3; i++)
            kept.Add(await Task.Factory.StartNew(() => Kept(options), TaskCreationOptions.LongRunning));
        return kept;
    }

    // What is in use while the load runs, when all clients have connected and asked. It does not await: what an asynchronous method has
    // had in use it keeps for as long as its thread takes to come back from it, and the next measurement would begin with that.
    private static long Kept(LoadOptions options)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var load = new LoadRun(options);
        var connecting = load.Connect();
        Assert.True(connecting.Wait(Patience.Limit));
        Assert.Equal(options.Clients, connecting.Result.Connected);
        load.Begin();
        Assert.Single(load.Measure(1, TimeSpan.FromMilliseconds(500), () => { }));
        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }
}
