using System.Text;
using C10k.Conversations;
using C10k.Harness.Trials;

namespace C10k.Harness.Checking;

/// <summary>What is said over one connection, and how what comes back is judged.</summary>
/// <param name="Sent">All requests, one behind the other.</param>
/// <param name="Judge">Looks at all that came back so far.</param>
internal sealed record Talk(byte[] Sent, Func<ReadOnlyMemory<byte>, Judgement> Judge)
{
    private const int MiB = 1024 * 1024;
    private const int LineBytes = 60_000;
    private const int ShortBytes = 48;

    /// <summary>So many requests as a client sends them that is in a hurry.</summary>
    /// <param name="conversation">What is spoken.</param>
    /// <param name="requests">How many.</param>
    /// <param name="number">Another one makes other requests.</param>
    public static Talk Of(string conversation, int requests, int number = 0)
    {
        if (conversation == "http")
            return Http(requests, "");
        var sent = Enumerable.Range(0, requests).SelectMany(i => Request(conversation, 1000 * number + i));
        return Known(conversation, [.. Beginning(conversation), .. sent]);
    }

    /// <summary>A mebibyte in one direction at least.</summary>
    public static Talk Large(string conversation) =>
        conversation switch
        {
            "http" => Http(1, new string('x', MiB)),
            "bulk" => Known("bulk", Encoding.ASCII.GetBytes($"{MiB}\n")),
            "prefix" => Known(
                "prefix",
                [.. Enumerable.Range(0, 1 + MiB / LineBytes).SelectMany(i => Line(LineBytes, i))]
            ),
            _ => Known(conversation, [.. Beginning(conversation), .. RandomBytes(MiB, 0)]),
        };

    private static byte[] Request(string conversation, int number) =>
        conversation switch
        {
            "bulk" => Encoding.ASCII.GetBytes($"{100 + number}\n"),
            "prefix" => Line(ShortBytes, number),
            _ => RandomBytes(ShortBytes, number),
        };

    private static ReadOnlySpan<byte> Beginning(string conversation) =>
        conversation == "hello" ? HelloConversation.Greeting : [];

    private static byte[] Line(int length, int number) =>
        Encoding.ASCII.GetBytes($"{number}".PadRight(length - 1, 'x') + "\n");

    private static byte[] RandomBytes(int length, int number)
    {
        var bytes = new byte[length];
        new Random(number).NextBytes(bytes);
        return bytes;
    }

    private static Talk Known(string conversation, byte[] sent)
    {
        var expected = ProbeTalk.ReplyTo(conversation, sent);
        return new Talk(sent, received => Compare(expected, received.Span));
    }

    private static Judgement Compare(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> received)
    {
        if (ProbeTalk.WrongByte(expected, received) is { } wrong)
            return Judgement.Wrong(wrong);
        return received.Length > expected.Length
            ? Judgement.Wrong($"more than {expected.Length} bytes came back")
            : new Judgement(received.Length == expected.Length, $"{received.Length} of {expected.Length} bytes");
    }

    private static Talk Http(int requests, string content)
    {
        var length = content.Length > 0 ? $"Content-Length: {content.Length}\r\n" : "";
        var request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: check\r\n{length}\r\n{content}");
        byte[] sent = [.. Enumerable.Repeat(request, requests).SelectMany(one => one)];
        return new Talk(sent, received => HttpResponses.Judge(received.Span, requests));
    }
}

/// <summary>What can be said of a reply so far.</summary>
/// <param name="IsDone">It is complete, and right.</param>
/// <param name="Text">How much of it there is, or what is wrong.</param>
/// <param name="IsWrong">It can no longer become right.</param>
internal readonly record struct Judgement(bool IsDone, string Text, bool IsWrong = false)
{
    public static Judgement Wrong(string what) => new(false, what, IsWrong: true);
}
