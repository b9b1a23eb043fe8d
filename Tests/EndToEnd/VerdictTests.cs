using C10k.Harness.Results;
using C10k.Tests.LoadGen;
using C10k.Tests.Servers;
using C10k.Tests.Support;
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
        var row = await Gives(Verdict.ServerBound, "--cpu 1ms", "--clients 8");
        Assert.StartsWith("server CPU ", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_server_that_waits_leaves_both_sides_idle() => Gives(Verdict.Idle, "--wait 20ms", "--clients 4");

    // Making and checking a long message is dearer than copying it twice.
    [Fact]
    public Task A_load_generator_that_has_more_to_do_than_the_server_is_the_bound() =>
        Gives(Verdict.LoadBound, "", "--clients 20 --size 256k");

    // Where strangers fill the CPUs the verdict is another one.
    private static Task<SummaryRow> Gives(Verdict verdict, string extra, string options) =>
        Effect.Shows(() => Duel(extra, options), row => row.Verdict == verdict, row => $"{row.Verdict}: {row.Reason}");

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
