using System.Text;
using C10k.Linux;
using Xunit;

namespace C10k.Tests.Shared.Linux;

/// <summary>Starting a program with what it is to inherit, and taking note of its end.</summary>
public sealed class SpawnCommandTests
{
    private const int ChildsLine = 3;

    [Fact]
    public void A_child_gets_its_arguments_and_the_descriptor_it_was_given() =>
        Assert.Equal("one two,three,", Output("for word; do printf '%s,' \"$word\"; done >&3", ["one two", "three"]));

    [Fact]
    public void A_child_has_our_environment_with_what_was_added()
    {
        var added = new Dictionary<string, string> { ["HOME"] = "/nowhere", ["C10K_TEST"] = "ä=1" };
        var ours = Environment.GetEnvironmentVariable("PATH");
        Assert.Equal($"{ours} /nowhere ä=1", Output("printf '%s' \"$PATH $HOME $C10K_TEST\" >&3", [], added));
    }

    [Fact]
    public void A_command_can_be_started_again_and_again()
    {
        using var command = new SpawnCommand("/bin/sh", ["-c", "exit 7"]);
        for (var i = 0; i < 20; i++)
            Assert.Equal("exit code 7", Syscall.Reap(command.Start()).ToString());
    }

    [Theory]
    [InlineData("exit 0", "exit code 0", true)]
    [InlineData("exit 3", "exit code 3", false)]
    [InlineData("kill -9 $$", "signal 9", false)]
    public void The_end_of_a_child_says_how_it_came(string script, string end, bool isOrderly)
    {
        using var command = new SpawnCommand("/bin/sh", ["-c", script]);
        var result = Syscall.Reap(command.Start());
        Assert.Equal(end, result.ToString());
        Assert.Equal(isOrderly, result.IsOrderly);
    }

    [Fact]
    public void A_program_that_is_not_there_is_a_value()
    {
        using var command = new SpawnCommand("/nowhere/nothing", []);
        Assert.Equal(-(int)Errno.ENOENT, command.Start());
    }

    private static string Output(string script, string[] words, IReadOnlyDictionary<string, string>? environment = null)
    {
        var (ours, theirs) = Syscall.CreateSocketPair();
        using var command = new SpawnCommand("/bin/sh", ["-c", script, "sh", .. words], environment);
        var child = command.Start((theirs, ChildsLine));
        Syscall.Close(theirs);
        var output = new MemoryStream();
        var received = new byte[256];
        while (Syscall.Receive(ours, received) is { Moved: true } transfer)
            output.Write(received, 0, transfer.Result);
        Syscall.Close(ours);
        Assert.True(Syscall.Reap(child).IsOrderly);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
