using System.Text.RegularExpressions;
using C10k.Harness.Comparing;
using C10k.Harness.Judging;
using C10k.Harness.Report;
using Microsoft.Playwright;
using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>What there is to read besides the table and the pictures: an unfolded row, the heat map, the page of a comparison.</summary>
[Collection(nameof(Chromium))]
public sealed partial class BrowserReadingTests(Chromium chromium)
{
    [Fact]
    public async Task A_row_unfolds_to_all_that_is_known_of_its_case()
    {
        await using var open = await chromium.OpenSeveral();
        var row = open.Page.Locator("[data-workload=echo] tbody[data-model=async]");
        await Assertions.Expect(row.Locator(".details")).ToBeHiddenAsync();
        await row.Locator(".unfold").ClickAsync();
        await Assertions.Expect(row.Locator(".rounds text").Filter(new() { HasText = "round" })).ToHaveCountAsync(5);
        await Assertions.Expect(row.Locator(".rounds .dots")).ToHaveCountAsync(5);
        await Assertions.Expect(row.Locator(".rounds title").First).ToHaveTextAsync(ThreeFigures());
        await Assertions.Expect(row.Locator(".percentiles tbody th").First).ToHaveTextAsync("50 %");
        await Assertions.Expect(row.Locator(".series .rate")).ToBeVisibleAsync();
        await Assertions.Expect(row.Locator("dl a")).ToHaveAttributeAsync("href", "../Models/Async.cs");
        await Assertions.Expect(row.Locator(".command code")).ToContainTextAsync("--models async --workload echo");
        var copy = row.Locator(".command button");
        await copy.ClickAsync();
        await Assertions.Expect(copy).ToHaveTextAsync("Copied");
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task What_failed_in_a_case_is_told_by_kind()
    {
        await using var open = await chromium.OpenSeveral("#w=hello");
        var row = open.Page.Locator("[data-workload=hello] tbody[data-model=async]");
        await row.Locator(".unfold").ClickAsync();
        await Assertions.Expect(row.Locator(".columns")).ToContainTextAsync("7 closed early");
    }

    [Fact]
    public async Task Undecided_cells_of_the_heat_map_are_hatched_and_a_click_chooses_the_workload()
    {
        await using var open = await chromium.OpenSeveral();
        var cells = open.Page.Locator(".heat td");
        string[] hatched = await cells.EvaluateAllAsync<string[]>(
            "cells => cells.filter(cell => getComputedStyle(cell).backgroundImage.includes('gradient')).map(cell => cell.textContent)"
        );
        Assert.Contains("0.40", hatched);
        Assert.DoesNotContain("–", hatched);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "hello" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("[data-workload=hello] table.cases")).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.Locator("[data-workload=echo] table.cases")).ToBeHiddenAsync();
        Assert.Contains("w=hello", await open.Address(), StringComparison.Ordinal);
        await cells.First.ClickAsync();
        await Assertions.Expect(open.Page.Locator("[data-workload=echo] table.cases")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_heat_map_stands_between_the_ranking_and_the_pictures()
    {
        await using var open = await chromium.OpenSeveral();
        var parts = await open.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('main > section')].map(part => part.querySelector('table.heat, table.cases, .plots')?.className ?? '')"
        );
        Assert.Equal(
            ["cases", "cases", "heat", "plots", "plots"],
            parts.Where(part => part.Length > 0).Select(part => part.Split(' ')[0])
        );
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task The_page_of_a_comparison_fits_the_window_and_axe_finds_nothing_serious(
        int width,
        ColorScheme scheme
    )
    {
        using var before = ReportFolder.Of(3, 100);
        using var after = ReportFolder.Of(3, model => model == "async" ? 0.9 : 1, 100);
        var (a, b) = (RunFiles.Read(before.Results.FullPath), RunFiles.Read(after.Results.FullPath));
        var comparison = RunComparison.Of(a, b, Yardstick.All[0], Comparison.Negligible, null);
        var builder = new CompareBuilder(comparison, a, b, Yardstick.All[0]);
        await using var open = await chromium.OpenFile(
            CompareReport.Write(after.Results.Raw, builder, comparison),
            options: new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
                BypassCSP = true,
            }
        );
        await Assertions.Expect(open.Page.Locator("tr.slower svg.change")).ToBeVisibleAsync();
        await open.FitsAndSatisfiesAxe(width);
        Assert.Empty(open.Complaints);
    }

    [GeneratedRegex("^(?:[\\d,]+, ){2}[\\d,]+ requests/s$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ThreeFigures();
}
