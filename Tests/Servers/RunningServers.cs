using C10k.Hosting;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>One server of each model and set of options, shared by the tests of a class, one after the other; a server that died is replaced.</summary>
public sealed class RunningServers : IAsyncDisposable
{
    private readonly Dictionary<string, ServerUnderTest> _servers = [];

    // They do something that their defaults do not.
    private static readonly string[] Variants =
    [
        "thread-pool:threads=2",
        "epoll-threads:threads=3",
        "libevent:backend=poll",
        "libevent:backend=select",
    ];

    /// <summary>What a theory is given that needs one request on each connection, or none.</summary>
    public static TheoryData<string> AllModels => [.. Names];

    /// <summary>What a theory over models is given.</summary>
    public static TheoryData<string> Models => Where(model => !model.OneRequestPerConnection);

    /// <summary>The same without variants: for what is dear, and does not depend on how many threads there are.</summary>
    public static TheoryData<string> PlainModels =>
        [.. ServersExecutable.Models.Where(model => !model.OneRequestPerConnection).Select(model => model.Id)];

    /// <summary>What a theory is given whose client is sent away while it sends.</summary>
    public static TheoryData<string> HalfClosingModels =>
        Where(model => !model.OneRequestPerConnection && !model.ClosesBothWays);

    private static IEnumerable<string> Names => ServersExecutable.Models.Select(model => model.Id).Concat(Variants);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.DisposeAsync();
    }

    internal async Task<ServerUnderTest> Get(string model, params IReadOnlyList<string> options)
    {
        var key = string.Join(' ', [model, .. options]);
        await EndThoseThatNeverSleep(except: key);
        if (_servers.TryGetValue(key, out var running) && !running.HasExited)
            return running;
        return _servers[key] = await ServerUnderTest.Start(model, options);
    }

    /// <summary>The server of a model that speaks this conversation.</summary>
    internal Task<ServerUnderTest> Speaking(string conversation, string model) =>
        Get(model, "--conversation", conversation);

    // Kept for a later test, such a server would have a CPU until the class is through.
    private async Task EndThoseThatNeverSleep(string except)
    {
        foreach (
            var (key, server) in _servers.Where(entry => entry.Value.Info.BusyWaits && entry.Key != except).ToList()
        )
        {
            _servers.Remove(key);
            await server.DisposeAsync();
        }
    }

    private static TheoryData<string> Where(Func<ModelInfo, bool> isWanted) =>
        [.. Names.Where(name => isWanted(ServersExecutable.Find(name)))];
}
