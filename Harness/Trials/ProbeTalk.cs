using System.Buffers;
using System.Text;
using C10k.CommandLine;
using C10k.Conversations;

namespace C10k.Harness.Trials;

/// <summary>What a probe says, and what has to come back.</summary>
/// <param name="Check">The first thing that is wrong with all that came back, or null.</param>
/// <param name="ReplyBytes">How much there is to wait for; null where only the head of the reply tells.</param>
internal sealed record ProbeTalk(byte[] Request, int? ReplyBytes, Func<byte[], string?> Check)
{
    /// <summary>How much of a reply tells, where its length is not known beforehand: a status line.</summary>
    public const int LeastBytes = 13;

    private const int MessageBytes = 200;
    private const int BulkBytes = 100_000;

    /// <param name="seed">Another one makes another message.</param>
    /// <param name="single">Whether the server answers a single request.</param>
    public static ProbeTalk Of(string conversation, int seed, bool single = false) =>
        conversation switch
        {
            "http" => Http(),
            "prefix" => Known(
                "prefix",
                [.. Encoding.ASCII.GetBytes(Convert.ToHexString(RandomBytes(seed))), (byte)'\n']
            ),
            "bulk" => Known("bulk", Encoding.ASCII.GetBytes(Download(seed) + (single ? "" : Download(seed / 2)))),
            "hello" => Known("hello", [.. HelloConversation.Greeting, .. RandomBytes(seed)]),
            _ => Known(conversation, RandomBytes(seed)),
        };

    // A reply that is too long shows in the reply behind it.
    private static string Download(int seed) => $"{BulkBytes + seed % BulkBytes}\n";

    private static ProbeTalk Known(string conversation, byte[] request)
    {
        var expected = ReplyTo(conversation, request);
        return new ProbeTalk(
            request,
            expected.Length,
            received => WrongByte(expected, received) is { } wrong ? $"wrong answer, {wrong}" : null
        );
    }

    /// <summary>All that has to come back for all that is sent over one connection: what the conversation itself answers.</summary>
    public static byte[] ReplyTo(string conversation, byte[] request)
    {
        var exchange = new Exchange(ConversationCatalogue.Find(conversation)());
        var reply = new ArrayBufferWriter<byte>();
        var step = exchange.Feed(request, reply);
        while (step.Kind == StepKind.More)
            step = exchange.Resume(reply);
        return reply.WrittenSpan.ToArray();
    }

    /// <summary>The first byte that is not what it has to be, or null; as far as there is anything to compare.</summary>
    public static string? WrongByte(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> received)
    {
        var same = expected.CommonPrefixLength(received);
        return same == Math.Min(expected.Length, received.Length)
            ? null
            : $"byte {same} of {expected.Length} is 0x{received[same]:x2} instead of 0x{expected[same]:x2}";
    }

    private static ProbeTalk Http() =>
        new(
            "GET / HTTP/1.1\r\nHost: probe\r\n\r\n"u8.ToArray(),
            ReplyBytes: null,
            received =>
                received.AsSpan().StartsWith("HTTP/1.1 200 "u8)
                    ? null
                    : $"answered '{FirstLine(received)}' instead of HTTP/1.1 200"
        );

    private static string FirstLine(byte[] received)
    {
        var line = Encoding.ASCII.GetString(received).Split('\r', '\n', '\0')[0];
        return Printable.Line(line[..Math.Min(line.Length, 60)]);
    }

    private static byte[] RandomBytes(int seed)
    {
        var message = new byte[MessageBytes];
        new Random(seed).NextBytes(message);
        return message;
    }
}
