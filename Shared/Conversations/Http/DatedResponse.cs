using System.Buffers;
using System.Globalization;
using System.Text;

namespace C10k.Conversations.Http;

/// <summary>
/// A response that is the same for everybody within a second: an origin server with a clock has to send the Date (RFC 9110 §6.6.1),
/// and so the whole text is made anew once in a second, and otherwise only copied.
/// </summary>
/// <param name="head">Status line and fields, each with its CRLF, without the date.</param>
/// <param name="content">What follows the empty line.</param>
internal sealed class DatedResponse(string head, string content)
{
    private Text _text = Text.Nothing;

    /// <summary>Writes the response; without its content in answer to HEAD.</summary>
    public void WriteTo(IBufferWriter<byte> reply, bool withoutContent)
    {
        var text = Volatile.Read(ref _text);
        if (Environment.TickCount64 >= text.GoodUntil)
            // Two threads may both make it; either is right.
            Volatile.Write(ref _text, text = MakeText());
        reply.Write(withoutContent ? text.Bytes.AsSpan(..^content.Length) : text.Bytes);
    }

    private Text MakeText()
    {
        var ticks = Environment.TickCount64;
        var now = DateTime.UtcNow;
        var date = now.ToString("R", CultureInfo.InvariantCulture);
        return new Text(
            ticks + 1000 - now.Millisecond,
            Encoding.ASCII.GetBytes($"{head}Date: {date}\r\n\r\n{content}")
        );
    }

    private sealed record Text(long GoodUntil, byte[] Bytes)
    {
        public static readonly Text Nothing = new(long.MinValue, []);
    }
}
