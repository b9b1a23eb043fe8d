using System.Text.Json;
using C10k.Harness.Recording;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Recording;

public class RunEnvironmentTests
{
    private static readonly RunEnvironment Environment = RunEnvironment.Read(
        Planned.Settings(rounds: 5, windows: 3, baseline: "poll"),
        Planned.NoLimits,
        new FakeClock().GetUtcNow()
    );

    [Theory]
    [InlineData("schema_version")]
    [InlineData("started_utc")]
    [InlineData("command_line")]
    [InlineData("bench_version")]
    [InlineData("commit")]
    [InlineData("seed")]
    [InlineData("host")]
    [InlineData("kernel")]
    [InlineData("operating_system")]
    [InlineData("cpu")]
    [InlineData("cpus_allowed")]
    [InlineData("server_cpus")]
    [InlineData("load_cpus")]
    [InlineData("memory_mb")]
    [InlineData("dotnet")]
    [InlineData("architecture")]
    [InlineData("limits")]
    [InlineData("sysctls")]
    [InlineData("lengths")]
    [InlineData("baseline")]
    [InlineData("cross_check")]
    [InlineData("count_syscalls")]
    [InlineData("agents")]
    [InlineData("agent_options")]
    public void The_file_tells(string field)
    {
        using var json = JsonDocument.Parse(Environment.ToJson());
        Assert.True(json.RootElement.TryGetProperty(field, out _));
    }

    [Fact]
    public void Lengths_and_limits_carry_their_units()
    {
        using var json = JsonDocument.Parse(Environment.ToJson());
        var lengths = json.RootElement.GetProperty("lengths");
        Assert.Equal(1, lengths.GetProperty("window_seconds").GetDouble());
        Assert.Equal(0.5, lengths.GetProperty("warm_up_seconds").GetDouble());
        Assert.Equal(64, lengths.GetProperty("message_bytes").GetInt32());
        Assert.Equal(1 << 30, json.RootElement.GetProperty("limits").GetProperty("descriptors").GetInt64());
    }

    [Theory]
    [InlineData("./run-bench.sh --models 'po*'", null, "./run-bench.sh --models 'po*'")]
    [InlineData(null, "docker compose run --rm bench", "docker compose run --rm bench --models po*")]
    [InlineData(null, null, "Harness.dll --models po*")]
    public void What_was_typed_is_told_with_its_arguments(string? line, string? command, string told) =>
        Assert.Equal(told, RunEnvironment.Typed(line, command, ["Harness.dll", "--models", "po*"]));

    [Fact]
    public void The_line_below_a_chart_names_machine_CPUs_and_time()
    {
        Assert.Contains("server on CPU 0, load on CPU 1, Linux ", Environment.Line, StringComparison.Ordinal);
        Assert.EndsWith("2026-01-31 12:00 UTC", Environment.Line, StringComparison.Ordinal);
    }
}
