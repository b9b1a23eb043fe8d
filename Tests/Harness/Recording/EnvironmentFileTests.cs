using System.Text.Json.Nodes;
using C10k.Harness.Recording;
using Xunit;

namespace C10k.Tests.Harness.Recording;

public class EnvironmentFileTests
{
    [Fact]
    public void Where_no_server_is_measured_it_tells_of_the_machine_and_nothing_of_a_run()
    {
        using var folder = new TemporaryFolder();
        EnvironmentFile.WriteMachine(folder["environment.json"], DateTimeOffset.UnixEpoch);
        var fields = JsonNode.Parse(File.ReadAllText(folder["environment.json"]))!.AsObject();
        Assert.Equal(
            [
                "schema_version",
                "started_utc",
                "command_line",
                "bench_version",
                "commit",
                "host",
                "kernel",
                "operating_system",
                "cpu",
                "cpus_allowed",
                "memory_mb",
                "dotnet",
                "architecture",
                "limits",
                "sysctls",
                "line",
            ],
            fields.Select(field => field.Key)
        );
        Assert.DoesNotContain("server on CPU", fields["line"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_field_is_set_and_the_others_stay()
    {
        using var folder = new TemporaryFolder();
        var path = folder["environment.json"];
        File.WriteAllText(path, """{"cpu": "Example CPU"}""");
        EnvironmentFile.Set(path, "sampling", 0.5);
        var fields = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Assert.Equal(("Example CPU", 0.5), (fields["cpu"]!.GetValue<string>(), fields["sampling"]!.GetValue<double>()));
    }
}
