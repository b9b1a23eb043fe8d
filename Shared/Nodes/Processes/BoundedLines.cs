using System.Text;

namespace C10k.Nodes.Processes;

/// <summary>Reads lines without trusting their length: one that has no end is cut, so that no process can fill our memory.</summary>
internal static class BoundedLines
{
    /// <summary>Longer than any control message; what is behind it, up to the line's end, is dropped.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    public static IEnumerable<string> Read(TextReader reader)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        int count;
        while ((count = TryRead(reader, buffer)) > 0)
        {
            var rest = buffer.AsMemory(0, count);
            for (int end; (end = rest.Span.IndexOf('\n')) >= 0; rest = rest[(end + 1)..])
            {
                Append(line, rest.Span[..end]);
                yield return line.ToString();
                line.Clear();
            }
            Append(line, rest.Span);
        }
        if (line.Length > 0)
            yield return line.ToString();
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> text) =>
        line.Append(text[..Math.Min(text.Length, MaxLength - line.Length)]);

    // Closing the stream under the reader is how a pump is ended whose process left a pipe to others.
    private static int TryRead(TextReader reader, char[] buffer)
    {
        try
        {
            return reader.Read(buffer, 0, buffer.Length);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0;
        }
    }
}
