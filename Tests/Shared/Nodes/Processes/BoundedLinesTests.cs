using C10k.Nodes.Processes;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Processes;

public class BoundedLinesTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("one\n", new[] { "one" })]
    [InlineData("one\ntwo\n", new[] { "one", "two" })]
    [InlineData("one\ntwo", new[] { "one", "two" })]
    [InlineData("\n\n", new[] { "", "" })]
    public void Lines_end_at_a_line_feed_and_the_last_one_at_the_end(string text, string[] lines) =>
        Assert.Equal(lines, BoundedLines.Read(new StringReader(text)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    public void It_does_not_matter_in_what_pieces_they_come(int pieceLength)
    {
        string[] lines = [new('a', 4095), "", new('b', 4096), "c", new('d', 10_000)];
        Assert.Equal(lines, BoundedLines.Read(new PieceReader(string.Join('\n', lines), pieceLength)));
    }

    [Fact]
    public void A_line_without_end_is_cut_and_the_next_one_is_whole()
    {
        var text = new string('x', BoundedLines.MaxLength + 5_000) + "\nnext\n";
        var lines = BoundedLines.Read(new StringReader(text)).ToList();
        Assert.Equal([BoundedLines.MaxLength, 4], lines.Select(line => line.Length));
        Assert.Equal("next", lines[1]);
    }

    [Fact]
    public void A_stream_that_is_closed_meanwhile_ends_it()
    {
        using var reader = new StreamReader(new MemoryStream("one\ntwo\n"u8.ToArray()), bufferSize: 128);
        var lines = new List<string>();
        foreach (var line in BoundedLines.Read(reader))
        {
            lines.Add(line);
            reader.Dispose();
        }
        Assert.Equal(["one", "two"], lines);
    }

    /// <summary>Gives out its text a few characters at a time, as a pipe may.</summary>
    private sealed class PieceReader(string text, int pieceLength) : TextReader
    {
        private int _position;

        public override int Read(char[] buffer, int index, int count)
        {
            var length = Math.Min(Math.Min(count, pieceLength), text.Length - _position);
            text.AsSpan(_position, length).CopyTo(buffer.AsSpan(index));
            _position += length;
            return length;
        }
    }
}
