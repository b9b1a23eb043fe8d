using System.Buffers;
using System.Net;
using C10k.Contract;
using C10k.Conversations;
using C10k.LoadGen;
using C10k.LoadGen.Clients;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>Load inside the test process.</summary>
internal static class Loads
{
    private static readonly TimeSpan WindowLength = TimeSpan.FromMilliseconds(20);

    public static LoadOptions Options(IPEndPoint target, int clients, int threads = 2, int size = 64) =>
        new(target, clients)
        {
            Threads = threads,
            Sizes = MessageSizes.Fixed(size),
            ConnectTimeout = Patience.Limit,
        };

    /// <summary>Short windows, one directly behind the other, for as long as patience lasts.</summary>
    public static IEnumerable<Window> Measure(LoadRun load, Action onBegin) =>
        load.Measure((int)(Patience.Limit / WindowLength), WindowLength, onBegin);

    /// <summary>
    /// Connects, lets everybody ask at the moment when measuring begins, so that no reply is left out, and measures until
    /// <paramref name="done"/> says so of the windows so far.
    /// </summary>
    /// <param name="settle">How long to wait for replies in the end, where some never come; null for as long as it takes.</param>
    public static async Task<LoadOutcome> Run(
        LoadOptions options,
        Func<IReadOnlyList<LoadReport>, bool> done,
        TimeSpan? settle = null
    )
    {
        using var load = new LoadRun(options);
        var connected = await load.Connect().WaitAsync(Patience.Limit);
        var windows = new List<LoadReport>();
        await Task.Run(() =>
        {
            foreach (var window in Measure(load, load.Begin))
            {
                windows.Add(window.Report);
                if (done(windows))
                    return;
            }
            Assert.Fail($"not done after {windows.Count} windows, the last of which was {windows.LastOrDefault()}");
        });
        var unfinished = await load.Settle(settle ?? Patience.Limit).WaitAsync(2 * Patience.Limit);
        load.Dispose();
        return new LoadOutcome(connected, windows, load.AllErrors, unfinished);
    }

    /// <summary>A server that speaks a conversation, as the models do.</summary>
    public static TcpTestServer Speaking(string conversation) =>
        new(async connection =>
        {
            var exchange = new Exchange(ConversationCatalogue.Find(conversation)());
            var reply = new ArrayBufferWriter<byte>();
            var buffer = new byte[64 * 1024];
            while (await connection.ReceiveAsync(buffer) is > 0 and var count)
            {
                var step = exchange.Feed(buffer.AsSpan(0, count), reply);
                while (step.Kind == StepKind.More)
                {
                    await Flush();
                    step = exchange.Resume(reply);
                }
                await Flush();
                if (step.Kind == StepKind.Close)
                    return;
            }

            async Task Flush()
            {
                await TcpTestServer.SendAll(connection, reply.WrittenMemory);
                reply.ResetWrittenCount();
            }
        });

    /// <summary>Runs until every client has lost its connection.</summary>
    public static Task<LoadOutcome> RunUntilAllAreGone(LoadOptions options) =>
        Run(options, windows => windows[^1].Alive == 0);

    /// <summary>
    /// Runs until so many requests are answered and so many clients served. The clients of one thread may have all those replies while
    /// those of another wait for its turn.
    /// </summary>
    /// <param name="served">How many clients; null for all that ask.</param>
    /// <param name="fairness">How evenly they have to be served by then.</param>
    /// <param name="settle">How long to wait for replies in the end, where some never come; null for as long as it takes.</param>
    public static Task<LoadOutcome> RunUntil(
        int requests,
        LoadOptions options,
        int? served = null,
        double fairness = 0,
        TimeSpan? settle = null
    ) =>
        Run(
            options,
            windows =>
                windows.Sum(window => window.Requests) >= requests
                && windows[^1].Served >= (served ?? options.ActiveClients)
                && windows[^1].Fairness >= fairness,
            settle
        );
}

/// <summary>What a load saw.</summary>
/// <param name="Errors">From the first connect to the end.</param>
/// <param name="Unfinished">Requests that got no reply.</param>
internal sealed record LoadOutcome(
    ConnectedAnswer Connected,
    IReadOnlyList<LoadReport> Windows,
    LoadErrors Errors,
    Unfinished Unfinished = default
)
{
    public long Unanswered => Unfinished.Unanswered;

    public long Requests => Windows.Sum(window => window.Requests);
}
