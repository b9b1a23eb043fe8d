using C10k.Harness.Charts;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class TickLabelTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0005, "0.0005")]
    [InlineData(0.25, "0.25")]
    [InlineData(1, "1")]
    [InlineData(100, "100")]
    [InlineData(999.4, "999")]
    [InlineData(999.6, "1k")]
    [InlineData(1_000, "1k")]
    [InlineData(1_500, "1.5k")]
    [InlineData(10_000, "10k")]
    [InlineData(999_600, "1M")]
    [InlineData(2_500_000, "2.5M")]
    [InlineData(3e9, "3G")]
    [InlineData(-20_000, "-20k")]
    public void Counts_are_short(double value, string label) => Assert.Equal(label, TickLabel.Of(value, Unit.Count));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.25, "250 ns")]
    [InlineData(0.9996, "1 µs")]
    [InlineData(1, "1 µs")]
    [InlineData(250, "250 µs")]
    [InlineData(999.6, "1 ms")]
    [InlineData(3_200, "3.2 ms")]
    [InlineData(1_000_000, "1 s")]
    [InlineData(12_340_000, "12.3 s")]
    public void Times_have_the_unit_that_suits_them(double us, string label) =>
        Assert.Equal(label.Replace(' ', '\u00A0'), TickLabel.Of(us, Unit.Microseconds));

    [Theory]
    [InlineData(50, "50 %")]
    [InlineData(99.9, "99.9 %")]
    [InlineData(99.999, "99.999 %")]
    public void Percentiles_keep_their_nines(double value, string label) =>
        Assert.Equal(label.Replace(' ', '\u00A0'), TickLabel.Of(value, Unit.Percent));

    [Theory]
    [InlineData(44_312.4, "44,312")]
    [InlineData(0.00188, "0.00188")]
    [InlineData(14, "14")]
    public void Figures_are_exact_where_labels_are_short(double value, string figure) =>
        Assert.Equal(figure, Figure.Of(value, Unit.Count));
}
