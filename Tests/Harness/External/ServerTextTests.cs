using C10k.CommandLine;
using C10k.Harness.External;
using C10k.Harness.Trials;
using Xunit;

namespace C10k.Tests.Harness.External;

public class ServerTextTests
{
    [Fact]
    public void A_name_and_a_command_are_enough()
    {
        var server = ServerText.Read("name=mine,cmd=sh -c 'exec mine --port {port}' a,b=c");
        Assert.Equal(("mine", "sh -c exec mine --port {port} a,b=c"), (server.Name, server.Info.Summary));
        Assert.Equal(["sh", "-c", "exec mine --port {port}", "a,b=c"], server.Command);
        Assert.Equal((Readiness.Port, Directory.GetCurrentDirectory()), (server.Ready, server.Folder));
    }

    [Fact]
    public void More_can_be_said_before_the_command()
    {
        var server = ServerText.Read(
            "name=mine,summary=My own.,ready=stdout:up and running,stop=SIGINT,conversations=echo+http,cmd=sh"
        );
        Assert.Equal(("My own.", StopSignal.SIGINT), (server.Info.Summary, server.Stop));
        Assert.Equal(new Readiness(ReadinessKind.Stdout, "up and running"), server.Ready);
        Assert.Equal(["echo", "http"], server.Info.Conversations);
    }

    [Theory]
    [InlineData("name=x,cmd=", "--server 'name=x,cmd=': behind cmd= stands a command, with every quote closed")]
    [InlineData("name=x,cmd=sh '", "--server 'name=x,cmd=sh '': behind cmd= stands a command, with every quote closed")]
    [InlineData("nam=x,cmd=sh", "--server 'nam=x,cmd=sh': unknown key 'nam': did you mean name?")]
    [InlineData("mine,cmd=sh", "--server 'mine,cmd=sh': takes key=value,…,cmd=command, and 'mine' is none")]
    [InlineData("cmd=sh", "--server: field 'name' is missing")]
    [InlineData("name=x,name=y,cmd=sh", "--server x: field 'name' stands there twice")]
    [InlineData("name=x,cmd=no-such-program", "--server x: there is no program no-such-program")]
    [InlineData("name=x,cmd=./no-such-program", "--server x: there is no program ./no-such-program")]
    [InlineData("name=x,cmd=sh {prot}", "--server x: field 'command' has the placeholder {prot}, which stands for ")]
    [InlineData("name=x,ready=stdin:a,cmd=sh", "--server x: field 'ready' takes \"contract\", \"port\", ")]
    [InlineData("name=x,stop=9,cmd=sh", "--server x: field 'stop' takes one of SIGHUP, ")]
    public void Mistakes_are_named_by_key(string text, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<UsageException>(() => ServerText.Read(text)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("a  b\tc", "a|b|c")]
    [InlineData("'a b' \"c d\"", "a b|c d")]
    [InlineData("a'b c'd", "ab cd")]
    [InlineData("'' \"'\" '\"'", "|'|\"")]
    [InlineData("$HOME | a\\b", "$HOME|||a\\b")]
    public void Quotes_keep_words_together_and_nothing_else_means_anything(string command, string words) =>
        Assert.Equal(words, string.Join('|', CommandWords.Split(command)!));
}
