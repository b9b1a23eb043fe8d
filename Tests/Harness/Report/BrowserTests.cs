using Microsoft.Playwright;
using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>The page in a real browser, opened from disk.</summary>
[Collection(nameof(Chromium))]
public sealed class BrowserTests(Chromium chromium)
{
    private const string SeenTable = ".ranking:not([hidden]) table.cases";

    [Fact]
    public async Task It_opens_from_disk_without_a_complaint_and_asks_for_nothing()
    {
        await using var open = await chromium.Open();
        Assert.Equal(8, (await open.Models()).Length);
        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
    }

    [Fact]
    public async Task A_click_on_a_heading_sorts_and_says_so()
    {
        await using var open = await chromium.Open("#c=100");
        var heading = open.Page.Locator($"{SeenTable} th[data-key=threads_max]");
        await heading.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(heading).ToHaveAttributeAsync("aria-sort", "ascending");
        Assert.Equal(["1", "1", "1", "1", "1", "14", "100", "102"], await open.Column("threads_max"));
        await heading.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(heading).ToHaveAttributeAsync("aria-sort", "descending");
        Assert.Equal("102", (await open.Column("threads_max"))[0]);
    }

    [Fact]
    public async Task A_filter_hides_rows_and_lines_and_changes_no_ratio()
    {
        await using var open = await chromium.Open("#c=100&s=model:ascending");
        var ratios = (await open.Models()).Zip(await open.Column("ratio")).ToDictionary();
        await open.Page.GetByRole(AriaRole.Searchbox).FillAsync("epoll");
        await Assertions.Expect(open.Page.Locator("#count")).ToHaveTextAsync("2 of 8");
        Assert.Equal(["epoll-edge", "epoll-level"], await open.Models());
        Assert.Equal([ratios["epoll-edge"], ratios["epoll-level"]], await open.Column("ratio"));
        await Assertions.Expect(open.Page.Locator(".plot[data-metric=p99_us] .line.out")).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task Pins_are_at_most_five_and_show_in_every_picture()
    {
        await using var open = await chromium.Open();
        var before = await open.Pinned();
        Assert.Equal(5, before.Length);
        var other = (await open.Models()).Except(before).First();
        await open.Page.Locator($"{SeenTable} tbody[data-model='{other}'] .pin").ClickAsync();
        await Assertions
            .Expect(open.Page.Locator($".plot[data-metric=threads_max] .line[data-model='{other}']"))
            .ToContainClassAsync("pinned");
        var after = await open.Pinned();
        Assert.Equal(5, after.Length);
        Assert.Contains(other, after);
    }

    [Fact]
    public async Task What_is_chosen_stands_in_the_address_is_read_back_and_Back_goes_back()
    {
        await using var open = await chromium.Open();
        await open.Page.Locator("[data-state=c]").SelectOptionAsync("100");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "readiness" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#count")).ToHaveTextAsync("4 of 8");
        var (address, models) = (await open.Address(), await open.Models());

        await using var second = await chromium.Open(address[address.IndexOf('#', StringComparison.Ordinal)..]);
        Assert.Equal(models, await second.Models());

        await open.Page.GoBackAsync();
        await Assertions.Expect(open.Page.Locator("#count")).ToHaveTextAsync("8 of 8");
        Assert.Equal("100", await open.Page.Locator("[data-state=c]").InputValueAsync());
        await open.Page.GoBackAsync();
        await Assertions.Expect(open.Page.Locator("[data-state=c]")).ToHaveValueAsync("10000");
    }

    [Fact]
    public async Task Another_baseline_gives_the_ratios_of_the_medians_and_the_first_one_gives_its_own_again()
    {
        await using var open = await chromium.Open("#c=100&s=model:ascending");
        var before = await open.Column("ratio");
        await open.Page.Locator("[data-state=b]").SelectOptionAsync("async");
        await Assertions
            .Expect(open.Page.Locator($"{SeenTable} tbody[data-model=async] td[data-key=ratio] span"))
            .ToHaveTextAsync("1.00×");
        Assert.NotEqual(before, await open.Column("ratio"));
        await open.Page.Locator("[data-state=b]").SelectOptionAsync("epoll-level");
        await Assertions
            .Expect(open.Page.Locator($"{SeenTable} tbody[data-model=epoll-level] td[data-key=ratio] span"))
            .ToHaveTextAsync("1.00×");
        Assert.Equal(before, await open.Column("ratio"));
    }

    [Fact]
    public async Task A_warning_leads_to_its_row_unfolded()
    {
        await using var open = await chromium.Open();
        var warning = open.Page.Locator("#warnings a").First;
        await open.Page.EvaluateAsync("() => { document.getElementById('warnings').open = true; }");
        var row = open.Page.Locator((await warning.GetAttributeAsync("href"))!);
        await warning.ClickAsync();
        await Assertions.Expect(row.Locator(".command")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task The_pointer_on_a_point_reads_its_figure_and_lights_its_row()
    {
        await using var open = await chromium.Open();
        var mark = open.Page.Locator(".plot[data-metric=p99_us] .line[data-model='epoll-level'] use").First;
        await mark.ScrollIntoViewIfNeededAsync();
        await mark.HoverAsync(new() { Force = true });
        await Assertions.Expect(open.Page.Locator("#tip")).ToContainTextAsync("ms");
        await Assertions.Expect(open.Page.Locator($"{SeenTable} tbody.lit")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Every_point_has_a_name_to_hear_and_can_be_read_with_the_keyboard()
    {
        await using var open = await chromium.Open();
        var marks = open.Page.Locator(".plot:not([hidden]) > .scroll svg[role=group] .line use");
        var names = await marks.EvaluateAllAsync<string[]>("marks => marks.map(mark => mark.ariaLabel ?? '')");
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(": ", name, StringComparison.Ordinal));

        var picture = open.Page.Locator(".plot[data-metric=p99_us] > .scroll");
        await picture.PressAsync("ArrowRight");
        await Assertions.Expect(open.Page.Locator("#tip")).ToContainTextAsync("clients: 100");
        await picture.PressAsync("ArrowRight");
        await Assertions.Expect(open.Page.Locator("#tip")).ToContainTextAsync("clients: 1,000");
        var first = await open.Page.Locator("#tip").TextContentAsync();
        await picture.PressAsync("ArrowDown");
        await Assertions.Expect(open.Page.Locator("#tip")).Not.ToHaveTextAsync(first!);
        await Assertions.Expect(open.Page.Locator($"{SeenTable} tbody.lit")).ToHaveCountAsync(1);
        await open.Page.Locator("#controls select").First.FocusAsync();
        await Assertions.Expect(open.Page.Locator("#tip")).ToBeHiddenAsync();
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task The_picture_is_drawn_once_for_each_family_when_asked()
    {
        await using var open = await chromium.Open();
        await open.Page.Locator(".plot[data-metric=throughput_rps] .multiples").ClickAsync();
        await Assertions
            .Expect(open.Page.Locator(".families h4"))
            .ToHaveTextAsync(
                ["readiness", "threads", "runtime", "processes", "completion"],
                new() { UseInnerText = true }
            );
    }

    [Fact]
    public async Task The_pointer_in_a_time_series_reads_all_of_the_pinned_at_that_time_in_every_picture()
    {
        await using var open = await chromium.Open();
        var pictures = open.Page.Locator(".times:not([hidden]) svg.lines");
        await pictures.First.HoverAsync();
        await Assertions
            .Expect(open.Page.Locator(".times:not([hidden]) .cross"))
            .ToHaveCountAsync(await pictures.CountAsync());
        var readings = await open.Page.Locator(".times:not([hidden]) .reading").AllTextContentsAsync();
        Assert.Equal(4, readings.Count);
        Assert.Single(readings.Select(reading => reading.Split(':')[0]).Distinct());
        Assert.All(await open.Pinned(), model => Assert.Contains($"{model} ", readings[0], StringComparison.Ordinal));
        await open.Page.Locator(".times:not([hidden]) .scroll").First.PressAsync("ArrowRight");
        Assert.NotEqual(readings, await open.Page.Locator(".times:not([hidden]) .reading").AllTextContentsAsync());
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task In_a_narrow_window_names_stand_below_the_pictures()
    {
        await using var open = await chromium.Open(
            options: new()
            {
                ViewportSize = new() { Width = 390, Height = 900 },
            }
        );
        var plot = open.Page.Locator(".plot[data-metric=p99_us]");
        await Assertions.Expect(plot.Locator(".legend span")).ToHaveCountAsync(5);
        await Assertions.Expect(plot.Locator("svg.lines")).ToHaveAttributeAsync("viewBox", "0 0 458 340");
        await open.Page.SetViewportSizeAsync(1280, 900);
        await Assertions.Expect(plot.Locator(".legend")).ToHaveCountAsync(0);
        await Assertions.Expect(plot.Locator(".pinned .name").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_every_table_and_its_details_can_be_read()
    {
        await using var open = await chromium.Open(options: new() { JavaScriptEnabled = false });
        await Assertions.Expect(open.Page.Locator("table.cases:visible")).ToHaveCountAsync(3);
        await Assertions.Expect(open.Page.Locator("tbody summary:visible")).ToHaveCountAsync(24);
        await Assertions.Expect(open.Page.Locator("#controls")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task It_fits_the_window_and_axe_finds_nothing_serious(ColorScheme scheme, int width)
    {
        await using var open = await chromium.Open(
            options: new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
                BypassCSP = true,
            }
        );
        await open.FitsAndSatisfiesAxe(width);
    }
}
