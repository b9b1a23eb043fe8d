using C10k.Harness.Charts;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class TextWidthTests
{
    private const string Text =
        "The quick brown fox jumps over 13 lazy dogs, and then some: https://example.org/?a=b&c=d";

    [Fact]
    public void Wide_letters_take_more_room() => Assert.True(TextWidth.Of("WWW", 12) > 2 * TextWidth.Of("iii", 12));

    [Theory]
    [InlineData(60)]
    [InlineData(150)]
    [InlineData(10_000)]
    public void No_line_is_wider_than_asked(double width) =>
        Assert.All(TextWidth.Wrap(Text, 12, width), line => Assert.True(TextWidth.Of(line, 12) <= width));

    [Fact]
    public void Breaking_loses_no_word() => Assert.Equal(Text, string.Join(' ', TextWidth.Wrap(Text, 12, 250)));

    [Fact]
    public void Line_ends_in_a_note_are_spaces() => Assert.Equal(["a b c"], TextWidth.Wrap(" a\nb\r\n\tc ", 12, 100));

    [Fact]
    public void Nothing_is_no_line() => Assert.Empty(TextWidth.Wrap("", 12, 100));

    [Theory]
    [InlineData(80)]
    [InlineData(20)]
    [InlineData(1)]
    public void A_text_is_cut_with_an_ellipsis(double width)
    {
        string cut = TextWidth.Cut("prefork:workers=64", 12, width);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.True(cut == "…" || TextWidth.Of(cut, 12) <= width);
    }

    [Fact]
    public void A_character_of_two_units_is_not_cut_in_half() =>
        Assert.DoesNotContain('\ud83d', TextWidth.Cut("ab😀", 10, TextWidth.Of("ab…", 10) + 9));
}
