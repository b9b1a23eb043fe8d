using C10k.Contract;
using C10k.Tests.Harness;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Agents;

/// <summary>An agent that could be misused does not start.</summary>
public sealed class AgentCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Servers")]
    [InlineData("LoadGen")]
    public async Task Without_a_token_it_does_not_start(string program) =>
        IsRefused(await Run(program), "an agent needs a token: name a file with --token-file, or set C10K_AGENT_TOKEN");

    [Fact]
    public async Task A_token_that_can_be_guessed_is_none()
    {
        File.WriteAllText(_folder["token"], "secret\n");
        IsRefused(await Run("Servers", "--token-file", _folder["token"]), "the token is not 16 or more");
    }

    [Fact]
    public async Task A_token_file_that_is_not_there_is_named() =>
        IsRefused(await Run("Servers", "--token-file", _folder["none"]), _folder["none"]);

    [Theory]
    [InlineData("http://0.0.0.0:7001")]
    [InlineData("http://10.0.0.1:7001")]
    [InlineData("ftp://127.0.0.1:7001")]
    [InlineData("127.0.0.1:7001")]
    [InlineData("https://example:7001")]
    public async Task What_leaves_the_machine_is_encrypted(string address) =>
        IsRefused(await Run("LoadGen", "--listen", address), "--listen takes https://ADDRESS:PORT");

    [Theory]
    [InlineData("999")]
    [InlineData("all")]
    public async Task CPUs_that_it_does_not_have_are_refused(string cpus) =>
        IsRefused(await RunWithToken("--cpus", cpus), "--cpus takes some of the CPUs ");

    [Fact]
    public async Task Encryption_needs_a_certificate() =>
        IsRefused(await RunWithToken("--listen", "https://127.0.0.1:0"), "--listen https:// needs --certificate");

    [Fact]
    public async Task A_file_that_holds_no_certificate_is_named()
    {
        File.WriteAllText(_folder["x.crt"], "none");
        var finished = await RunWithToken("--listen", "https://127.0.0.1:0", "--certificate", _folder["x.crt"]);
        IsRefused(finished, $"--certificate {_folder["x.crt"]}: ");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using var agent = await RunningAgent.Start("Servers");
        var finished = await RunWithToken("--listen", agent.Address);
        Assert.Equal(ExitCode.PortInUse, finished.ExitCode);
        Assert.StartsWith($"Servers agent: --listen {agent.Address}: ", finished.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_made_once_and_for_nobody_elses_eyes()
    {
        var made = await RunningProgram.ToEnd(new ProgramStart("Harness", "agent-keys", _folder["keys"]));
        Assert.Equal(ExitCode.Success, made.ExitCode);
        var files = Directory.GetFiles(_folder["keys"]);
        Assert.Equal(["agent.crt", "agent.key", "token"], files.Select(Path.GetFileName).Order());
        Assert.All(
            files,
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode)
        );
        var token = File.ReadAllText(Path.Combine(_folder["keys"], "token"));
        await RunningProgram.ToEnd(new ProgramStart("Harness", "agent-keys", _folder["keys"]));
        Assert.Equal(token, File.ReadAllText(Path.Combine(_folder["keys"], "token")));
    }

    private static void IsRefused(Finished finished, string line)
    {
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Contains(line, finished.Stderr, StringComparison.Ordinal);
        Assert.Equal(1, finished.Stderr.Count(letter => letter == '\n'));
        Assert.Equal("", finished.Stdout);
    }

    private static Task<Finished> Run(string program, params string[] arguments) =>
        RunningProgram.ToEnd(new ProgramStart(program, ["agent", .. arguments]));

    private static Task<Finished> RunWithToken(params string[] arguments) =>
        RunningProgram.ToEnd(
            new ProgramStart("Servers", ["agent", .. arguments])
            {
                Environment = new Dictionary<string, string> { ["C10K_AGENT_TOKEN"] = RunningAgent.Token },
            }
        );
}
