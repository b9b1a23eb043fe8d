using C10k.Tests.Harness.Report;
using Microsoft.Playwright;
using Xunit;

namespace C10k.Tests.EndToEnd;

/// <summary>The page of a run that was made, in a real browser.</summary>
[Collection(nameof(Chromium))]
[Trait("Category", "long")]
public sealed class RealPageTests(Chromium chromium)
{
    private const int MostBytes = 1_000_000;

    [Fact]
    public async Task The_page_of_a_run_opens_sorts_unfolds_and_filters_without_a_complaint()
    {
        await using var harness = new HarnessRun();
        string[] models = ["epoll-level", "async", "thread-per-connection", "blocking"];
        var finished = await harness.Run([
            .. HarnessRun.Split("--clients 10,100 --rounds 1 --windows 2 --window 1s --warmup 300ms --models"),
            string.Join(',', models),
        ]);
        harness.Succeeded(finished);
        await using var open = await Open(harness.Latest.ReportHtml);
        Assert.Equal(models.Order(), (await open.Models()).Order());
        await Assertions.Expect(open.Page.Locator(".times:not([hidden]) svg.lines").First).ToBeVisibleAsync();
        await Use(open);
    }

    [Fact]
    public async Task So_does_the_page_that_somebody_names()
    {
        const string Variable = "C10K_PAGE";
        var path = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipUnless(path is not null, $"{Variable} names no page");
        Assert.InRange(new FileInfo(path!).Length, 1, MostBytes);
        await using var open = await Open(path!);
        await Use(open);
    }

    private Task<OpenPage> Open(string path) =>
        chromium.OpenFile(
            Path.GetFullPath(path),
            options: new()
            {
                ViewportSize = new() { Width = 1280, Height = 900 },
                BypassCSP = true,
            }
        );

    private static async Task Use(OpenPage open)
    {
        const string Seen = ".ranking:not([hidden])";
        var models = await open.Models();
        foreach (var key in await open.Keys())
            await open.Page.Locator($"{Seen} thead th[data-key={key}] button").ClickAsync();
        var names = open.Page.Locator($"{Seen} thead th[data-key=model]");
        await names.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(names).ToHaveAttributeAsync("aria-sort", "ascending");
        Assert.Equal(models.Order(StringComparer.Ordinal), await open.Models());

        var row = open.Page.Locator($"{Seen} tbody[data-status=ok]").First;
        await row.Locator(".unfold").ClickAsync();
        await Assertions.Expect(row.Locator(".command code")).ToBeVisibleAsync();
        await Assertions.Expect(row.Locator(".rounds")).ToBeVisibleAsync();
        await Assertions.Expect(row.Locator(".series .rate")).ToBeVisibleAsync();
        await open.FitsAndSatisfiesAxe(1280);

        var count = open.Page.Locator("#count");
        await open.Page.Locator(".chip").First.ClickAsync();
        await Assertions.Expect(count).Not.ToHaveTextAsync($"{models.Length} of {models.Length}");
        Assert.InRange((await open.Models()).Length, 1, models.Length - 1);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await open.Page.Locator("[data-state=c]").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await Assertions.Expect(count).ToHaveTextAsync($"{models.Length} of {models.Length}");
        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
    }
}
