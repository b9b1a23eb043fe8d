using System.Buffers;
using System.Text;
using C10k.Conversations;
using Xunit;

namespace C10k.Tests.Shared.Conversations;

/// <summary>On its steady path a conversation leaves nothing to the garbage collector.</summary>
public sealed class AllocationTests
{
    private const int Requests = 20_000;
    private const string Get = "GET / HTTP/1.1\r\nHost: 127.0.0.1:5000\r\nUser-Agent: x\r\n\r\n";

    [Theory]
    [InlineData("echo", "x")]
    [InlineData("hello", "hello")]
    [InlineData("prefix", "one\n")]
    [InlineData("prefix", "on", "e\n")]
    [InlineData("sink", "x")]
    [InlineData("bulk", "40000\n")]
    [InlineData("http", Get)]
    [InlineData("http", Get + Get)]
    [InlineData("http", "GET / HTTP/1.1\r\nHo", "st: 127.0.0.1:5000\r\nUser-Agent: x\r\n\r\n")]
    [InlineData("http", "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")]
    [InlineData("http", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")]
    public void A_request_allocates_nothing(string conversation, params string[] pieces)
    {
        var exchange = new Exchange(
            new WorkingConversation(
                ConversationCatalogue.Find(conversation)(),
                new ApplicationWork(TimeSpan.FromMilliseconds(1), 1)
            )
        );
        var reply = new ArrayBufferWriter<byte>(64 * 1024);
        var bytes = pieces.Select(Encoding.ASCII.GetBytes).ToArray();
        Converse(exchange, reply, bytes, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Converse(exchange, reply, bytes, Requests);
        // The date of an HTTP response is written anew each second.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Requests);
    }

    private static void Converse(Exchange exchange, ArrayBufferWriter<byte> reply, byte[][] pieces, int times)
    {
        for (var i = 0; i < times; i++)
        {
            foreach (var piece in pieces)
            {
                reply.ResetWrittenCount();
                var step = exchange.Feed(piece, reply);
                while (step.Kind is StepKind.More or StepKind.Wait)
                {
                    reply.ResetWrittenCount();
                    step = exchange.Resume(reply);
                }
                if (step.Kind == StepKind.Close)
                    Assert.Fail("the conversation closed"); // Assert.Equal would allocate.
            }
        }
    }
}
