using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Tells a server that waits from one that spins.</summary>
internal static class Quiet
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    // A spinning thread takes a whole CPU, or a third of one where two others compete for it.
    private const double BusyCpus = 0.15;

    /// <summary>Waits until the server uses next to no CPU: it may still have something to finish, but not for ever.</summary>
    public static async Task Becomes(ServerUnderTest server)
    {
        if (server.Info.BusyWaits)
            return; // It says so itself.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        double cpus;
        while ((cpus = await CpusInUse(server)) > BusyCpus)
        {
            if (clock.Elapsed > Patience.Limit)
                Assert.Fail($"{server.Model} has nothing to do and still uses {cpus:0.00} CPUs");
        }
    }

    private static async Task<double> CpusInUse(ServerUnderTest server)
    {
        var before = ProcessTree.Cpu(server.ProcessId);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Task.Delay(Window);
        return (ProcessTree.Cpu(server.ProcessId) - before) / clock.Elapsed;
    }
}
