using Xunit;

namespace C10k.Tests.Servers;

/// <summary>One server of each model and set of options, shared by the tests of a class, one after the other; a server that died is replaced.</summary>
public sealed class RunningServers : IAsyncDisposable
{
    private readonly Dictionary<string, ServerUnderTest> _servers = [];

    /// <summary>What a theory over all models is given.</summary>
    public static TheoryData<string> Models => [.. ServersExecutable.Models.Select(model => model.Id)];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.DisposeAsync();
    }

    internal async Task<ServerUnderTest> Get(string model, params IReadOnlyList<string> options)
    {
        var key = string.Join(' ', [model, .. options]);
        if (_servers.TryGetValue(key, out var running) && !running.HasExited)
            return running;
        return _servers[key] = await ServerUnderTest.Start(model, options);
    }

    /// <summary>The server of a model that speaks this conversation.</summary>
    internal Task<ServerUnderTest> Speaking(string conversation, string model) =>
        Get(model, "--conversation", conversation);
}
