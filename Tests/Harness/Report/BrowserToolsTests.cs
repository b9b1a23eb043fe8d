using Microsoft.Playwright;
using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>The buttons of the bar, the presets, and the page on paper.</summary>
[Collection(nameof(Chromium))]
public sealed class BrowserToolsTests(Chromium chromium)
{
    // A4 in landscape, without its margins of 9 mm, at 96 pixels an inch.
    private const int PaperWidth = 1054;

    [Fact]
    public async Task On_paper_all_details_are_open_and_nothing_is_wider_than_the_paper()
    {
        await using var open = await chromium.Open(
            options: new()
            {
                ViewportSize = new() { Width = PaperWidth, Height = 700 },
            }
        );
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await open.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await Assertions.Expect(open.Page.Locator(".ranking:not([hidden]) .details:visible")).ToHaveCountAsync(8);
        await Assertions.Expect(open.Page.Locator("#controls")).ToBeHiddenAsync();
        Assert.InRange(await open.ScrollWidth(), 1, PaperWidth);
    }

    [Fact]
    public async Task Behind_the_print_everything_is_folded_as_before()
    {
        await using var open = await chromium.Open();
        await open.Page.Locator(".ranking:not([hidden]) .unfold").Nth(1).ClickAsync();
        await Assertions.Expect(open.Page.Locator("details[open] .command:visible")).ToHaveCountAsync(1);
        var before = await Opened();
        await open.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        Assert.True((await Opened()).Length > before.Length);
        await open.Page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
        Assert.Equal(before, await Opened());

        Task<string[]> Opened() =>
            open.Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('details[open]')].map(details => details.textContent)"
            );
    }

    [Fact]
    public async Task Light_and_dark_follow_the_system_until_they_are_chosen()
    {
        await using var open = await chromium.Open(options: new() { ColorScheme = ColorScheme.Dark });
        var dark = await Paper(open);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Light/dark" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("html")).ToHaveAttributeAsync("style", "color-scheme: light;");
        Assert.NotEqual(dark, await Paper(open));
        Assert.Contains("t=light", open.Page.Url, StringComparison.Ordinal);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Light/dark" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("html")).ToHaveAttributeAsync("style", "color-scheme: dark;");
        Assert.Equal(dark, await Paper(open));
    }

    [Fact]
    public async Task Whoever_gets_the_link_sees_the_same_light_and_the_same_small_pictures_and_Back_takes_them_away()
    {
        await using var open = await chromium.Open("#t=dark");
        await open.Page.Locator(".plot[data-metric=p99_us] .multiples").ClickAsync();
        await Assertions
            .Expect(open.Page.Locator(".plot[data-metric=p99_us].spread .families figure"))
            .ToHaveCountAsync(5);
        await using var second = await chromium.Open(
            open.Page.Url[open.Page.Url.IndexOf('#', StringComparison.Ordinal)..]
        );
        await Assertions.Expect(second.Page.Locator(".plot.spread")).ToHaveCountAsync(1);
        await Assertions
            .Expect(second.Page.Locator(".plot[data-metric=p99_us].spread .families figure"))
            .ToHaveCountAsync(5);
        Assert.Equal(await Paper(open), await Paper(second));
        await open.Page.GoBackAsync();
        await Assertions.Expect(open.Page.Locator(".plot.spread")).ToHaveCountAsync(0);
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Whoever_starves_its_clients_stands_last_among_those_with_figures_and_is_not_the_best_of_anything()
    {
        await using var open = await chromium.Open("#p=ten");
        var rates = (await open.Models()).Zip(await open.Column("throughput_rps")).ToList();
        Assert.Equal(["prefork", "select"], rates.TakeLast(2).Select(pair => pair.First));
        Assert.Equal("–", rates[^1].Second);
        await open.Page.Locator(".ranking:not([hidden]) th[data-key=throughput_rps] button").ClickAsync();
        await Assertions
            .Expect(open.Page.Locator(".ranking:not([hidden]) th[aria-sort=ascending]"))
            .ToHaveCountAsync(1);
        Assert.Equal(["prefork", "select"], (await open.Models()).TakeLast(2));
    }

    [Fact]
    public async Task The_table_can_be_taken_along_as_it_is_shown()
    {
        await using var open = await chromium.Open(
            "#c=100&f=readiness&s=model:ascending",
            new() { Permissions = ["clipboard-read", "clipboard-write"] }
        );
        var download = await open.Page.RunAndWaitForDownloadAsync(() =>
            open.Page.GetByRole(AriaRole.Button, new() { Name = "CSV", Exact = true }).ClickAsync()
        );
        Assert.Equal("echo-100.csv", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.StartsWith("model,rank_group,throughput_rps,ratio,p50_us,", lines[0], StringComparison.Ordinal);
        Assert.Equal(["epoll-edge", "epoll-level", "poll", "select"], lines.Skip(1).Select(line => line.Split(',')[0]));

        var button = open.Page.GetByRole(AriaRole.Button, new() { Name = "Copy as Markdown" });
        await button.ClickAsync();
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        var copied = await open.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.StartsWith("| model | rank | requests/s |", copied, StringComparison.Ordinal);
        Assert.Equal(2 + 4, copied.TrimEnd().Split('\n').Length);
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Presets_show_fewer_and_reset_shows_all_again()
    {
        await using var open = await chromium.Open();
        var preset = open.Page.Locator("[data-state=p]");
        await preset.SelectOptionAsync("families");
        await Assertions.Expect(open.Page.Locator("#count")).ToHaveTextAsync("5 of 8");
        await preset.SelectOptionAsync("pinned");
        await Assertions.Expect(open.Page.Locator("#count")).ToHaveTextAsync("5 of 8");
        Assert.Equal(await open.Pinned(), (await open.Models()).Order());
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#count")).ToHaveTextAsync("8 of 8");
    }

    [Fact]
    public async Task A_row_lights_its_line_and_names_it_for_the_pointer_and_for_the_keyboard()
    {
        await using var open = await chromium.Open("#pin=");
        var line = open.Page.Locator(".plot[data-metric=throughput_rps] .line[data-model=select]");
        await Assertions.Expect(line.Locator(".name")).ToBeHiddenAsync();
        await open.Page.Locator(".ranking:not([hidden]) tbody[data-model=select] .name").HoverAsync();
        await Assertions.Expect(line.Locator(".name")).ToHaveTextAsync("select");
        await Assertions.Expect(line.Locator(".name")).ToBeVisibleAsync();
        await open.Page.Locator("#controls").HoverAsync();
        await Assertions.Expect(line.Locator(".name")).ToBeHiddenAsync();
        await open.Page.Locator(".ranking:not([hidden]) tbody[data-model=select] .pin").FocusAsync();
        await Assertions.Expect(line.Locator(".name")).ToBeVisibleAsync();
    }

    private static Task<string> Paper(OpenPage open) =>
        open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
