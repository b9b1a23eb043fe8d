using C10k.CommandLine;
using Xunit;

namespace C10k.Tests.Shared.CommandLine;

public class PrintableTests
{
    [Theory]
    [InlineData("it is not my day", "it is not my day")]
    [InlineData("größer als 3 µs – 日本", "größer als 3 µs – 日本")]
    [InlineData("over\rwritten", "over written")]
    [InlineData("one\r\ntwo\nthree\u2028four", "one two three four")]
    [InlineData("a\ttab", "a tab")]
    [InlineData("\u001b]0;evil\u0007", "?]0;evil?")]
    [InlineData("\u001b[31mred", "?[31mred")]
    [InlineData("\u009b31m, \u007f, \0", "?31m, ?, ?")]
    [InlineData("\u202egnp.exe", "?gnp.exe")]
    public void What_would_move_a_cursor_or_turn_a_line_is_shown_and_does_nothing(string said, string shown) =>
        Assert.Equal(shown, Printable.Line(said));
}
