using Microsoft.Playwright;
using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>The page as big as it gets: two dozen models at three numbers of clients; and that of several workloads.</summary>
[Collection(nameof(Chromium))]
[Trait("Category", "long")]
public sealed class BrowserFullPageTests(Chromium chromium)
{
    private const int MostBytes = 1_000_000;

    [Fact]
    public async Task It_is_of_less_than_a_megabyte_opens_without_a_complaint_and_asks_for_nothing()
    {
        Assert.InRange(new FileInfo(chromium.FullPage).Length, 1, MostBytes);
        await using var open = await chromium.OpenFile(chromium.FullPage);
        Assert.Equal(24, (await open.Models()).Length);
        await Assertions.Expect(open.Page.Locator("#count")).ToHaveTextAsync("24 of 24");
        await open.Page.Locator("[data-state=c]").SelectOptionAsync("100");
        await open.Page.Locator(".multiples").First.ClickAsync();
        await Assertions.Expect(open.Page.Locator(".families h4")).ToHaveCountAsync(7);
        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task With_a_row_unfolded_it_fits_the_window_and_axe_finds_nothing_serious(
        ColorScheme scheme,
        int width
    )
    {
        await using var open = await chromium.OpenFile(chromium.FullPage, options: Window(scheme, width));
        var row = open.Page.Locator(".ranking:not([hidden]) tbody").First;
        await row.Locator(".unfold").ClickAsync();
        await Assertions.Expect(row.Locator(".command")).ToBeVisibleAsync();
        await open.FitsAndSatisfiesAxe(width);
        Assert.Empty(open.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task With_several_workloads_it_fits_the_window_and_axe_finds_nothing_serious(
        ColorScheme scheme,
        int width
    )
    {
        await using var open = await chromium.OpenSeveral(options: Window(scheme, width));
        await Assertions.Expect(open.Page.Locator("table.heat")).ToBeVisibleAsync();
        await open.FitsAndSatisfiesAxe(width);
        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
    }

    /// <summary>For somebody to look at.</summary>
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task It_can_be_seen_as_a_picture(ColorScheme scheme, int width)
    {
        const string Variable = "C10K_SCREENSHOTS";
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipUnless(folder is not null, $"{Variable} names no folder");
        await using var open = await chromium.OpenFile(chromium.FullPage, options: Window(scheme, width));
        await open.Page.Locator(".ranking:not([hidden]) .unfold").First.ClickAsync();
        var path = Path.Combine(folder!, $"page-{width}-{scheme}.png".ToLowerInvariant());
        await open.Page.ScreenshotAsync(new() { Path = path, FullPage = true });
        File.Copy(chromium.FullPage, Path.Combine(folder!, "report.html"), overwrite: true);
        Assert.True(File.Exists(path));
    }

    private static BrowserNewContextOptions Window(ColorScheme scheme, int width) =>
        new()
        {
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 900 },
            BypassCSP = true,
        };
}
