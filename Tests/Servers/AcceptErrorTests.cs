using Xunit;

namespace C10k.Tests.Servers;

/// <summary>accept(2) fails for reasons that pass by themselves: the server accepts on.</summary>
[Trait("Category", "long")]
public sealed class AcceptErrorTests
{
    public static TheoryData<string> AllModels => RunningServers.AllModels;

    [Theory]
    [MemberData(nameof(AllModels))]
    public async Task A_shortage_of_memory_while_accepting_ends_nothing(string model)
    {
        Strace.Require("makes accept4 fail");
        await using var server = await ServerUnderTest.StartThrough(Strace.FailFirst("accept4", "ENOBUFS"), model);
        for (var i = 0; i < 3; i++)
        {
            using var client = await Client.Connect(server.EndPoint);
            await client.ExpectEcho(Message.Of(64, number: i));
        }
    }
}
