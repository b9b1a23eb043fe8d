using C10k.LoadGen;
using C10k.LoadGen.Arrivals;
using C10k.LoadGen.Clients;
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
    private const int Tries = 5;

    [Theory]
    [InlineData("echo", 1, false)]
    [InlineData("echo", 4, false)]
    [InlineData("echo", 1, true)]
    [InlineData("prefix", 1, false)]
    [InlineData("http", 1, false)]
    [InlineData("sink", 1, false)]
    public async Task A_request_allocates_nothing(string conversation, int pipeline, bool scheduled)
    {
        await using var server = await ServerUnderTest.Start("epoll-level", "--conversation", conversation);
        var options = Loads.Options(server.EndPoint, clients: 10, threads: 1) with
        {
            Conversation = conversation,
            Pipeline = pipeline,
            // Many requests, because the test host allocates a little all the time.
            Pace = scheduled ? Pace.Scheduled(40_000) : Pace.AtOnce,
        };
        using var load = new LoadRun(options);
        await load.Connect().WaitAsync(Patience.Limit);
        load.Begin();
        // As long as a window, but without one, because a window does allocate.
        var length = TimeSpan.FromMilliseconds(300);
        await Task.Run(() => load.Measure(1, length, () => { }).ToList());
        var least = long.MaxValue;
        for (var i = 0; i < Tries; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await Task.Delay(length);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        var requests = await Task.Run(() => load.Measure(1, length, () => { }).Single().Report.Requests);
        Assert.InRange(requests, 500, long.MaxValue);
        // The smallest object has 24 bytes.
        Assert.InRange(least / (double)requests, 0, 8);
    }

    [Theory]
    [InlineData(1, false, 0)]
    [InlineData(4, true, 1_000)]
    public void A_connection_takes_no_more_than_512_bytes(int pipeline, bool scheduled, int readRate)
    {
        const int Clients = 10_000;
        var options = Loads.Options(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 1), Clients) with
        {
            Pipeline = pipeline,
            Pace = scheduled ? Pace.Scheduled(1_000) : Pace.AtOnce,
            ReadRate = readRate,
        };
        var few = Allocated(() => new Worker(options, 0, 10));
        var many = Allocated(() => new Worker(options, 0, Clients));
        Assert.InRange((many - few) / (Clients - 10), 48, 512);
    }

    private static long Allocated(Func<Worker> create)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var worker = create();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
