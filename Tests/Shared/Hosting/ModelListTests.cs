using System.Text.Json;
using C10k.Hosting;
using Xunit;

namespace C10k.Tests.Shared.Hosting;

public sealed class ModelListTests
{
    private static readonly ModelInfo Model = new("prefork", "processes", "Processes.", "Apache", "Memory.")
    {
        Parameters = [Parameter.Number("workers", "4", "Processes.", 1, 64)],
        ServesAtOnce = "workers*16",
        UsesCpus = 2,
        TasksPerClient = 1,
    };

    [Fact]
    public void What_was_written_is_read_back()
    {
        var read = Assert.Single(ModelList.FromJson(ModelList.ToJson([Model])));
        Assert.Equal(Model.Parameters, read.Parameters);
        Assert.Equal(Model.Conversations, read.Conversations);
        Assert.Equal(Model, read with { Parameters = Model.Parameters, Conversations = Model.Conversations });
    }

    // Others parse these names, so they are a contract.
    [Fact]
    public void The_names_are_in_snake_case()
    {
        using var json = JsonDocument.Parse(ModelList.ToJson([Model]));
        Assert.Equal(
            [
                "id",
                "family",
                "summary",
                "used_by",
                "limits",
                "source",
                "parameters",
                "conversations",
                "works",
                "takes_commands",
                "serves_at_once",
                "uses_cpus",
                "processes",
                "threads",
                "holding_processes",
                "tasks_per_client",
                "processes_per_client",
                "memory_per_client_kb",
                "one_request_per_connection",
                "closes_both_ways",
                "busy_waits",
            ],
            json.RootElement[0].EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal(
            ["name", "default", "meaning", "min", "max"],
            json.RootElement[0].GetProperty("parameters")[0].EnumerateObject().Select(property => property.Name)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[{}")]
    [InlineData("[{}]")]
    [InlineData("""[{"id":"i","family":"f","summary":"s","used_by":"u","serves_at_once":[1]}]""")]
    [InlineData("""[{"id":"i","family":"f","summary":"s","used_by":"u","serves_at_once":"threads"}]""")]
    [InlineData("""[{"id":null,"family":"f","summary":"s","used_by":"u"}]""")]
    public void Anything_else_is_no_list(string json) => Assert.Throws<JsonException>(() => ModelList.FromJson(json));
}
