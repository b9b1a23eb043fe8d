using System.Text;
using Xunit;

namespace C10k.Tests.Shared.Conversations.Http;

/// <summary>Whatever comes, every reply is a well-formed response, nothing is thrown, and cutting the bytes otherwise changes nothing.</summary>
public sealed class HttpFuzzTests
{
    private static readonly string[] s_seeds =
    [
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, TE\r\n\r\n",
        "POST /a?b HTTP/1.1\r\nHost: 127.0.0.1:5000\r\nContent-Length: 5\r\n\r\nabcde",
        "PUT / HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5;a=b\r\nabcde\r\n0\r\nT: x\r\n\r\n",
        "GET http://x/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    ];

    // What parsers stumble over.
    private static readonly string[] s_words =
    [
        "\r\n",
        "\n",
        "\r",
        " ",
        ":",
        ",",
        "\0",
        "\t",
        "0",
        "f",
        "\u00ff",
        "%",
        "HTTP/1.0",
        "chunked",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_requests_are_answered_alike_however_they_are_cut(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 3_000; i++)
        {
            var text = Damaged(string.Concat(random.GetItems(s_seeds, random.Next(1, 4))), random);
            var whole = Talk.With("http", text);
            var cut = Talk.With("http", Cut(text, random));
            Assert.Equal(Statuses(whole), Statuses(cut));
            Assert.Equal(whole.IsClosed, cut.IsClosed);
        }
    }

    [Fact]
    public void Noise_is_refused()
    {
        var random = new Random(4);
        for (var i = 0; i < 1_000; i++)
        {
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            Statuses(Talk.With("http", Encoding.Latin1.GetString(noise) + "\r\n"));
        }
    }

    private static string Damaged(string text, Random random)
    {
        for (var wounds = random.Next(4); wounds > 0; wounds--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(3), text.Length - at);
            text =
                text[..at] + (random.Next(2) == 0 ? "" : s_words[random.Next(s_words.Length)]) + text[(at + length)..];
        }
        return text;
    }

    private static List<string> Cut(string text, Random random)
    {
        var pieces = new List<string>();
        for (var at = 0; at < text.Length; at += pieces[^1].Length)
            pieces.Add(text.Substring(at, Math.Min(random.Next(1, 20), text.Length - at)));
        return pieces;
    }

    private static List<int> Statuses(Talk talk)
    {
        var statuses = HttpReply.ReadAll(talk.RepliedText).ConvertAll(reply => reply.Status);
        Assert.DoesNotContain(statuses.SkipLast(1), status => status is not (200 or 405 or 501));
        return statuses;
    }
}
