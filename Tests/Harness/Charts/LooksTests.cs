using C10k.Harness.Charts;
using C10k.Servers.Models;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class LooksTests
{
    [Theory]
    [InlineData("a", 0x640c292c)]
    [InlineData("foobar", 0x3f9cf968)]
    public void The_hash_is_FNV_1a_without_its_sign(string text, int hash) => Assert.Equal(hash, StableHash.Of(text));

    [Fact]
    public void A_model_that_is_not_listed_has_a_look_all_the_same()
    {
        Assert.Equal(Marker.Star, Markers.Of("my-server"));
        Assert.Equal("#000000", Palette.Of("my-family"));
    }

    [Fact]
    public void Families_that_are_listed_differ()
    {
        string[] families =
        [
            "iterative",
            "readiness",
            "completion",
            "libraries",
            "threads",
            "processes",
            "loops",
            "runtime",
            "external",
        ];
        Assert.Equal(families.Length, families.Select(Palette.Of).Distinct().Count());
        Assert.Equal(Palette.Of("Readiness"), Palette.Of("readiness"));
    }

    [Fact]
    public void Relatives_differ()
    {
        var families = Catalogue.Models.Select(model => model.Info).GroupBy(info => info.Family);
        Assert.All(
            families,
            family => Assert.Equal(family.Count(), family.Select(info => Markers.Of(info.Id)).Distinct().Count())
        );
    }

    [Fact]
    public void Every_family_of_the_catalogue_has_a_colour_of_its_own()
    {
        var families = Catalogue.Models.Select(model => model.Info.Family).Distinct().ToList();
        Assert.Equal(families.Count, families.Select(Palette.Of).Distinct().Count());
    }

    [Fact]
    public void A_variant_differs_from_its_model() =>
        Assert.All(
            Enumerable.Range(1, 100),
            n => Assert.NotEqual(Markers.Of("prefork"), Markers.Of($"prefork:workers={n}"))
        );

    [Fact]
    public void Every_marker_but_the_circle_has_corners_around_its_centre()
    {
        foreach (Marker marker in Enum.GetValues<Marker>().Where(m => m != Marker.Circle))
        {
            IReadOnlyList<(double X, double Y)> corners = MarkerShapes.Corners(marker, 4);
            Assert.True(corners.Count >= 3);
            Assert.Equal(0, corners.Average(c => c.X), 6);
            Assert.All(corners, c => Assert.InRange(Math.Sqrt((c.X * c.X) + (c.Y * c.Y)), 1, 8));
        }
    }
}
