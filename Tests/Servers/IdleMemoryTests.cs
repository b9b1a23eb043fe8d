using C10k.Linux;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>What a client costs who has asked, was answered, and says nothing more: next to nothing, where one thread serves all.</summary>
[Trait("Category", "long")]
public sealed class IdleMemoryTests
{
    private const int Few = 1000;
    private const int Many = 9000;
    private const int Descriptors = Many + 500;
    private const double MostBytesPerClient = 1024;

    public static TheoryData<string> Models =>
        [
            "busy-poll",
            "select",
            "poll",
            "epoll-level",
            "epoll-edge",
            "kqueue",
            "io-uring",
            "libevent",
            "loop-callbacks",
            "loop-generators",
            "loop-async",
        ];

    // The pages of its own that it has touched: the kernel's share of a connection is the same for all models, and is not among them.
    [Theory]
    [MemberData(nameof(Models))]
    public async Task An_idle_client_costs_less_than_a_kibibyte(string model)
    {
        var limit = Syscall.DescriptorLimit().Hard;
        Assert.SkipWhen(
            limit < Descriptors,
            $"{Many} clients need {Descriptors} descriptors: the hard limit is {limit}"
        );
        await using var server = await ServerUnderTest.Start(model);
        using var few = await Crowd.Comes(server, Few);
        var before = ProcessTree.AnonymousBytes(server.ProcessId);
        using var others = await Crowd.Comes(server, Many - Few);
        var perClient = (ProcessTree.AnonymousBytes(server.ProcessId) - before) / (double)(Many - Few);
        Assert.InRange(perClient, double.MinValue, MostBytesPerClient);
    }
}
