using System.Diagnostics;
using C10k.Contract;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>
/// Judges whether a server stops in time. A loaded machine makes any server late now and then; one that forgets to wake somebody is
/// late each time. So a late stop is tried again, with a fresh server.
/// </summary>
internal static class Stopping
{
    private const int Attempts = 5;
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2);

    /// <summary>Tries until a stop is in time, and fails when none is.</summary>
    /// <param name="tryOnce">Starts a server and stops it; true where that was in time.</param>
    public static async Task InTime(Func<Task<bool>> tryOnce)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await tryOnce())
                return;
        }
        Assert.Fail($"not stopped by itself within {Allowed.TotalSeconds} s, {Attempts} times running");
    }

    /// <summary>Tells the server to stop and waits for its orderly end; true where it came by itself and in time.</summary>
    public static async Task<bool> Stops(this ServerUnderTest server, StopBy way) =>
        await Within(async () =>
        {
            server.Tell(way);
            Assert.Equal(ExitCode.Success, await server.Exit());
        }) && !server.WasCutShort;

    /// <summary>True where the end came in time.</summary>
    /// <param name="end">Tells whoever has to end, and waits until they have ended, in time or not.</param>
    public static async Task<bool> Within(Func<Task> end)
    {
        var clock = Stopwatch.StartNew();
        await end();
        return clock.Elapsed < Allowed;
    }
}
