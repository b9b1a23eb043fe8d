using C10k.Contract;
using C10k.Servers.Models.Processes;
using Xunit;

namespace C10k.Tests.Servers.Processes;

/// <summary>Workers come in two builds that do the same; which of them is used can be chosen, and is told.</summary>
public sealed class ChildBuildTests
{
    private static readonly string[] Models =
    [
        "process-per-connection",
        "prefork:workers=2",
        "hybrid:threads=4",
        "epoll-workers",
    ];

    public static MatrixTheoryData<string, string> ModelsAndBuilds => new(Models, ["native", "managed"]);

    [Theory]
    [MemberData(nameof(ModelsAndBuilds))]
    public async Task Each_build_serves_and_is_told(string model, string build)
    {
        Assert.SkipWhen(build == "native" && WhyNoNative() is not null, WhyNoNative() ?? "");
        var variant = $"{model}{(model.Contains(':', StringComparison.Ordinal) ? ',' : ':')}child={build}";
        await using var server = await ServerUnderTest.Start(variant);
        using var clients = await Client.ConnectMany(server.EndPoint, 2);
        foreach (var client in clients.All)
            await client.ExpectEcho(Message.Of(10_000));
        Assert.StartsWith($"note: workers are the {build} build", server.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_native_build_that_is_not_there_is_missed_in_one_line()
    {
        Assert.SkipWhen(WhyNoNative() is null, "there is a native build");
        var result = await ServersExecutable.Run("prefork:child=native");
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Equal("", result.Stdout);
        Assert.Contains(
            "run-bench.sh",
            Assert.Single(result.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_list_tells_which_build_is_used()
    {
        var build = WhyNoNative() is null ? "native build" : "managed build";
        var models = ServersExecutable.Models.Where(model => model.Family == "processes").ToList();
        Assert.Equal(4, models.Count);
        Assert.All(models, model => Assert.Contains(build, model.Limits, StringComparison.Ordinal));
    }

    private static string? WhyNoNative() => WorkerProgram.WhyNotNative();
}
