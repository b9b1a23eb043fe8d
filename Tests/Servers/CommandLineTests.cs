using C10k.Contract;
using C10k.Hosting;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>What the executable says to whoever starts it: one line on stderr for a mistake, and nothing on stdout but what was asked for.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", "no model", "blocking", "epoll-level")]
    [InlineData("epol", "'epol'", "epoll-level")]
    [InlineData("nonsense", "'nonsense'", "blocking", "epoll-level")]
    [InlineData("poll async", "'async'", "<model>")]
    [InlineData("poll --prot 1", "'--prot'", "--port")]
    [InlineData("poll -p 1", "'-p'", "--port", "--address")]
    [InlineData("poll --port", "--port")]
    [InlineData("poll --port http", "--port", "'http'", "65535")]
    [InlineData("poll --port 65536", "--port", "'65536'", "65535")]
    [InlineData("poll --port -1", "--port", "'-1'", "65535")]
    [InlineData("poll --port 1 --port 2", "--port", "2")]
    [InlineData("poll --address ::1", "--address", "'::1'", "IPv4")]
    [InlineData("poll --address localhost", "--address", "'localhost'", "127.0.0.1")]
    [InlineData("poll --backlog 0", "--backlog", "'0'", "1", "65535")]
    [InlineData("poll --conversation ech", "'ech'", "echo")]
    [InlineData("poll --conversation htp", "'htp'", "http")]
    [InlineData("poll --wait 5", "--wait", "'5'", "500ms")]
    [InlineData("poll --cpu -1us", "--cpu", "'-1us'", "500ms")]
    [InlineData("poll:stack=64k", "'poll'", "'stack'", "none")]
    [InlineData("thread-per-connection:stak=64k", "'stak'", "stack")]
    [InlineData("thread-per-connection:stack=1", "'stack'", "'1'", "65536")]
    [InlineData("thread-per-connection:stack=9m", "'stack'", "'9m'", "8388608")]
    [InlineData("thread-per-connection:stack", "'thread-per-connection:stack'", "key=value")]
    [InlineData("thread-per-connection:stack=64k,stack=64k", "key=value", "once")]
    [InlineData("epo\nll", "epo ll")]
    [InlineData("poll --po\nrt", "--po rt", "--port")]
    public async Task A_mistake_is_named_in_one_line_with_what_is_possible(string arguments, params string[] named)
    {
        var result = await ServersExecutable.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCode.WrongArguments, result.ExitCode);
        Assert.Equal("", result.Stdout);
        var line = TheOnlyLine(result.Stderr);
        Assert.StartsWith("Servers: ", line, StringComparison.Ordinal);
        Assert.All(named, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_in_use_has_an_exit_code_of_its_own()
    {
        using var other = Listener.Open(new(System.Net.IPAddress.Loopback, 0), backlog: 1, nonBlocking: true);
        var result = await ServersExecutable.Run("poll", "--port", $"{other.EndPoint.Port}");
        Assert.Equal(ExitCode.PortInUse, result.ExitCode);
        Assert.Equal("", result.Stdout);
        Assert.Contains($"{other.EndPoint}", TheOnlyLine(result.Stderr), StringComparison.Ordinal);
    }

    // 192.0.2.0/24 is set aside for documentation (RFC 5737): no machine has it.
    [Fact]
    public async Task An_address_of_another_machine_is_a_failure_told_in_one_line()
    {
        var result = await ServersExecutable.Run("poll", "--address", "192.0.2.1");
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Equal("", result.Stdout);
        Assert.Contains("192.0.2.1", TheOnlyLine(result.Stderr), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_json_on_stdout_and_names_each_model_once()
    {
        var result = await ServersExecutable.Run("--list");
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Equal("", result.Stderr);
        var models = ModelList.FromJson(result.Stdout);
        Assert.NotEmpty(models);
        Assert.Distinct(models.Select(model => model.Id));
        Assert.All(models, model => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", model.Id));
        Assert.All(models, model => Assert.False(model.Summary.Contains('\n') || model.Summary.Length == 0));
    }

    // Else `id` and `id:key=default` would be two things.
    [Fact]
    public void The_default_of_every_parameter_is_one_that_it_takes() =>
        Assert.All(
            ServersExecutable.Models.SelectMany(model => model.Parameters),
            parameter => parameter.Check(parameter.Default)
        );

    [Fact]
    public async Task A_variant_of_a_model_serves()
    {
        await using var server = await ServerUnderTest.Start("thread-per-connection:stack=128k");
        using var client = await Client.Connect(server.EndPoint);
        await client.ExpectEcho(Message.Of(64));
    }

    private static string TheOnlyLine(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return Assert.Single(text.Split('\n')[..^1]);
    }
}
