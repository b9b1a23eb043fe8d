using System.Diagnostics;
using System.Text;
using C10k.Tests.Support;
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
        Assert.Contains("t=light", await open.Address(), StringComparison.Ordinal);
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
        var address = await open.Address();
        await using var second = await chromium.Open(address[address.IndexOf('#', StringComparison.Ordinal)..]);
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
    public async Task The_link_that_is_copied_is_the_address_with_all_that_is_chosen()
    {
        await using var open = await chromium.Open(
            "#c=100&q=epoll",
            new() { Permissions = ["clipboard-read", "clipboard-write"] }
        );
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Assertions
            .Expect(open.Page.GetByRole(AriaRole.Button, new() { Name = "Copied", Exact = true }))
            .ToBeVisibleAsync();
        var copied = await open.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.Equal(await open.Address(), copied);
        Assert.EndsWith("#c=100&q=epoll", copied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_that_is_chosen_sorts_the_table_marks_its_picture_and_stands_in_the_address()
    {
        await using var open = await chromium.Open("#c=100");
        await open.Page.Locator("[data-state=m]").SelectOptionAsync("p99_us");
        await Assertions
            .Expect(open.Page.Locator(".ranking:not([hidden]) th[data-key=p99_us]"))
            .ToHaveAttributeAsync("aria-sort", "ascending");
        await Assertions.Expect(open.Page.Locator(".plot.chosen")).ToHaveCountAsync(1);
        await Assertions.Expect(open.Page.Locator(".plot.chosen")).ToHaveAttributeAsync("data-metric", "p99_us");
        Assert.Contains("m=p99_us&s=p99_us%3Aascending", await open.Address(), StringComparison.Ordinal);
        var times = await open.Page.EvaluateAsync<double[]>(
            "() => [...document.querySelectorAll('.ranking:not([hidden]) td[data-key=p99_us][data-value]')].map(cell => Number(cell.dataset.value))"
        );
        Assert.Equal(8, times.Length);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task The_heading_and_the_names_stay_where_they_are_when_the_table_is_moved_below_them()
    {
        await using var open = await chromium.Open(
            options: new()
            {
                ViewportSize = new() { Width = 700, Height = 420 },
            }
        );
        var heading = open.Page.Locator(".ranking:not([hidden]) thead th").First;
        var title = open.Page.Locator(".ranking:not([hidden]) th[data-key=verdict]");
        var name = open.Page.Locator(".ranking:not([hidden]) tbody th").Last;
        await heading.ScrollIntoViewIfNeededAsync();
        var before = (await Place(heading), await Place(title), await Place(name));
        await open
            .Page.Locator(".ranking:not([hidden]) .scroll")
            .EvaluateAsync("table => table.scrollBy({ left: 150, top: 120, behavior: 'instant' })");
        var after = (await Place(heading), await Place(title), await Place(name));
        Assert.Equal(before.Item1, after.Item1);
        Assert.Equal((before.Item2.X - 150, before.Item2.Y), after.Item2);
        Assert.Equal((before.Item3.X, before.Item3.Y - 120), after.Item3);

        static async Task<(float X, float Y)> Place(ILocator element)
        {
            var box = await element.BoundingBoxAsync();
            return (box!.X, box.Y);
        }
    }

    [Fact]
    public async Task The_paper_that_comes_out_holds_every_model_with_its_command()
    {
        await using var open = await chromium.Open();
        var models = await open.Models();
        var pdf = await open.Page.PdfAsync(new() { PreferCSSPageSize = true });
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(pdf, 0, 5));
        Installed.Require("pdftotext");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["page.pdf"], pdf);
        using var reader = Process.Start(
            new ProcessStartInfo("pdftotext", ["-layout", folder["page.pdf"], "-"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var words = (await reader.StandardOutput.ReadToEndAsync()).Split(
            (char[]?)null,
            StringSplitOptions.RemoveEmptyEntries
        );
        var text = string.Join(' ', words);
        Assert.All(
            models,
            model => Assert.Contains($"--models {model} --workload echo", text, StringComparison.Ordinal)
        );
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
