using C10k.Contract;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>Signals beyond the plain ones that every model is tested with. The host sees to them, so one model is enough.</summary>
public sealed class SignalTests
{
    private const string Model = "epoll-level";

    [Theory]
    [InlineData(ProcessTree.SIGHUP)]
    [InlineData(ProcessTree.SIGQUIT)]
    public async Task The_signals_of_a_terminal_stop_it(int signal)
    {
        await using var server = await ServerUnderTest.Start(Model);
        server.Signal(signal);
        Assert.Equal(ExitCode.Success, await server.Exit());
        Assert.Equal("", server.Complaints);
    }

    // Ctrl-C reaches a whole process group, and a parent may ask again: a server on its way out must not die of that.
    [Fact]
    public async Task Being_told_again_and_again_changes_nothing()
    {
        await using var server = await ServerUnderTest.Start(Model);
        var exit = server.Exit();
        await Task.Run(() =>
        {
            while (!exit.IsCompleted)
                server.Signal(ProcessTree.SIGTERM);
        });
        Assert.Equal(ExitCode.Success, await exit);
    }
}
