using System.Globalization;
using System.Text;

namespace C10k.Harness.Checking;

/// <summary>Judges a row of HTTP/1.1 responses: each a 200 with its length, all with the same content.</summary>
internal static class HttpResponses
{
    /// <param name="received">All that came so far.</param>
    /// <param name="count">How many there must be.</param>
    public static Judgement Judge(ReadOnlySpan<byte> received, int count)
    {
        ReadOnlySpan<byte> first = default;
        for (var number = 0; number < count; number++)
        {
            var end = received.IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return new Judgement(false, $"{number} of {count} responses");
            var head = Encoding.Latin1.GetString(received[..end]).Split("\r\n");
            if (!head[0].StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
                return Judgement.Wrong($"response {number + 1} is '{head[0][..Math.Min(head[0].Length, 60)]}'");
            if (LengthIn(head) is not { } length)
                return Judgement.Wrong($"response {number + 1} has no Content-Length");
            received = received[(end + 4)..];
            if (received.Length < length)
                return new Judgement(false, $"{number} of {count} responses");
            if (number == 0)
                first = received[..length];
            if (!first.SequenceEqual(received[..length]))
                return Judgement.Wrong($"response {number + 1} has another content than the first");
            received = received[length..];
        }
        return received.IsEmpty
            ? new Judgement(true, "all responses")
            : Judgement.Wrong($"{received.Length} bytes came behind the last response");
    }

    private static int? LengthIn(string[] head)
    {
        const string Name = "content-length:";
        var field = head.FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase)) ?? Name;
        var text = field.AsSpan(Name.Length).Trim();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
    }
}
