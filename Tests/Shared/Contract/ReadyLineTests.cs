using System.Net;
using C10k.Contract;
using Xunit;

namespace C10k.Tests.Shared.Contract;

public sealed class ReadyLineTests
{
    [Fact]
    public void The_line_names_address_and_port() =>
        Assert.Equal("READY 127.0.0.1:43127", ReadyLine.Format(new IPEndPoint(IPAddress.Loopback, 43127)));

    [Theory]
    [InlineData("127.0.0.1", 1)]
    [InlineData("0.0.0.0", 65535)]
    [InlineData("192.0.2.7", 43127)]
    public void What_was_written_is_read_back(string address, int port)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(address), port);
        Assert.True(ReadyLine.TryParse(ReadyLine.Format(endPoint), out var read));
        Assert.Equal(endPoint, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("READY")]
    [InlineData("READY ")]
    [InlineData("READY 127.0.0.1")]
    [InlineData("READY 127.0.0.1:")]
    [InlineData("READY 127.0.0.1:0")]
    [InlineData("READY 127.0.0.1:65536")]
    [InlineData("READY 127.0.0.1:-1")]
    [InlineData("READY 127.0.0.1:43127 ")]
    [InlineData("READY 127.0.0.1:43127\r")]
    [InlineData("READY localhost:43127")]
    [InlineData("READY :43127")]
    [InlineData("READY 43127")]
    [InlineData("READY  127.0.0.1:43127")]
    [InlineData("ready 127.0.0.1:43127")]
    [InlineData(" READY 127.0.0.1:43127")]
    [InlineData("Listening on 127.0.0.1:43127")]
    public void Anything_else_is_no_ready_line(string line) => Assert.False(ReadyLine.TryParse(line, out _));
}
