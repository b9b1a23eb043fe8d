using System.Text.RegularExpressions;
using C10k.Contract;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd;

[Trait("Category", "long")]
public partial class SoakTests
{
    // Twenty windows a model, of half a second each: in less a server that others keep from its CPU may have no turn.
    private const string Long = "20s";

    private static readonly string[] Models = ["epoll-level", "prefork:workers=8"];

    [Fact]
    public async Task Clients_that_come_and_go_leave_nothing_behind_and_lose_nothing()
    {
        // Who had no turn in a whole window lost nothing by it: that again, and nothing else.
        var finished = await Effect.Shows(
            Soak,
            seen => !SilentWindow().IsMatch(seen.Stdout) || !AreWell(SilentWindow().Replace(seen.Stdout, ": ok; ")),
            seen => seen.Stdout
        );
        Assert.True(AreWell(finished.Stdout), finished.Stdout);
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
    }

    private static async Task<Finished> Soak()
    {
        await using var harness = new HarnessRun();
        return await harness.Run(
            HarnessRun.Split($"soak --models {string.Join(',', Models)} --clients 50 --for {Long}")
        );
    }

    private static bool AreWell(string told) =>
        Well().Matches(told).Select(match => match.Groups["model"].Value).SequenceEqual(Models);

    [GeneratedRegex(
        "^(?<model>[^ ]+): ok; [0-9,]+ requests, [0-9,]+ connections, ",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Well();

    // Where that is the only fault.
    [GeneratedRegex(
        ": in window [0-9]+ of [0-9]+ not a single request was answered; (?=[0-9,]+ requests, )",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SilentWindow();
}
