using Xunit;

namespace C10k.Tests.Servers;

/// <summary>One server of each model, shared by the tests of a class, one after the other; a server that died is replaced.</summary>
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

    internal async Task<ServerUnderTest> Get(string model)
    {
        if (_servers.TryGetValue(model, out var running) && !running.HasExited)
            return running;
        return _servers[model] = await ServerUnderTest.Start(model);
    }
}
