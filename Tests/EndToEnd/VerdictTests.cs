using C10k.Harness.Results;
using C10k.Tests.LoadGen;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd;

/// <summary>
/// Each verdict from real processes. (Starved clients are in <see cref="SmokeTests"/>.) A duel lets a server with more to do beside a
/// model of the tree.
/// </summary>
[Trait("Category", "long")]
[Collection(nameof(AloneInTheProcess))]
public class VerdictTests
{
    [Fact]
    public async Task A_server_that_computes_is_bound_by_its_CPU()
    {
        var row = await Duel("--cpu 1ms", "--clients 8");
        Assert.Equal(Verdict.ServerBound, row.Verdict);
        Assert.StartsWith("server CPU ", row.Reason, StringComparison.Ordinal);
    }

    // Where strangers fill the CPUs it is not idle: then it has to be in another try.
    [Fact]
    public async Task A_server_that_waits_leaves_both_sides_idle()
    {
        const int Tries = 3;
        var row = await Duel("--wait 20ms", "--clients 4");
        for (var left = Tries - 1; left > 0 && row.Verdict != Verdict.Idle; left--)
            row = await Duel("--wait 20ms", "--clients 4");
        Assert.True(row.Verdict == Verdict.Idle, $"{row.Verdict}: {row.Reason}");
    }

    // Making and checking a long message is dearer than copying it twice.
    [Fact]
    public async Task A_load_generator_that_has_more_to_do_than_the_server_is_the_bound()
    {
        var row = await Duel("", "--clients 20 --size 256k");
        Assert.Equal(Verdict.LoadBound, row.Verdict);
    }

    private static async Task<SummaryRow> Duel(string extra, string options)
    {
        await using var harness = new HarnessRun();
        var command = $"'{ServersExecutable.Path}' epoll-level {extra}".Trim();
        var finished = await harness.Run([
            "duel",
            "poll",
            "--baseline-server",
            command,
            "--budget",
            "1s",
            "--window",
            "300ms",
            "--warmup",
            "100ms",
            .. HarnessRun.Split(options),
        ]);
        harness.Succeeded(finished);
        return harness.Summary.Single(row => row.Model == "baseline-server");
    }
}
