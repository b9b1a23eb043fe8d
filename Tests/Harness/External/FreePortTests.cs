using System.Net;
using C10k.Harness.External;
using C10k.Hosting;
using C10k.Nodes;
using Xunit;

namespace C10k.Tests.Harness.External;

/// <summary>The port of a server that must be told one: as far as can be, one that no client of the bench can be given meanwhile.</summary>
public class FreePortTests
{
    [Theory]
    [InlineData(32_768, 60_999, 10_000, 65_535)] // The kernel's own range.
    [InlineData(1_024, 60_999, 61_000, 65_535)]
    [InlineData(15_000, 65_535, 10_000, 14_999)]
    public void Ports_of_outgoing_connections_are_left_alone(int first, int last, int lowest, int highest)
    {
        var ports = FreePort.Candidates((first, last));
        Assert.DoesNotContain(ports, port => port >= first && port <= last);
        Assert.Equal((lowest, highest), (ports.Min(), ports.Max()));
    }

    [Theory]
    [InlineData(1_024, 65_535)] // What docs/scale.md advises for very many clients.
    [InlineData(1_024, 65_000)]
    [InlineData(10_500, 65_535)]
    public void Where_they_are_nearly_all_there_are_any_port_will_do(int first, int last)
    {
        var ports = FreePort.Candidates((first, last));
        Assert.Equal((10_000, 65_535), (ports.Min(), ports.Max()));
    }

    [Fact]
    public void The_port_can_be_listened_on()
    {
        var port = FreePort.Choose();
        using var listener = Listener.Open(new IPEndPoint(IPAddress.Loopback, port), backlog: 1, nonBlocking: true);
        Assert.Equal(port, listener.EndPoint.Port);
        Assert.Contains(port, FreePort.Candidates(MachineLimits.OutgoingPorts()));
    }
}
