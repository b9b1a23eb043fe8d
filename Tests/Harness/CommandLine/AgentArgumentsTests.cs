using C10k.Harness.CommandLine;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

public class AgentArgumentsTests
{
    [Theory]
    [InlineData(
        "--server-agent https://a:1 --load-agent https://b:2 --load-agent https://c:3 --agent-token-file keys/token --agent-certificate keys/agent.crt"
    )]
    [InlineData("duel poll select --load-agent https://b:2")]
    public void The_options_that_name_agents_can_be_told_again(string line)
    {
        var words = line.Split(' ');
        var parsed = HarnessCommand.Create().Parse(words);
        Assert.Equal(words.SkipWhile(word => !word.StartsWith('-')), AgentArguments.Words(parsed));
    }

    [Fact]
    public void Where_both_sides_run_here_there_are_none() =>
        Assert.Empty(AgentArguments.Words(HarnessCommand.Create().Parse(["--agent-token-file", "keys/token"])));
}
