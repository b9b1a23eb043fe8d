using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>The page in a browser window, and what the browser had to say about it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private OpenPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors of the script, and everything that was written to the console.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>What was asked for over a network, or from another file.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<OpenPage> At(IBrowserContext context, string address)
    {
        var open = new OpenPage(context, await context.NewPageAsync());
        open.Page.Console += (_, message) => open.Complaints.Add(message.Text);
        open.Page.PageError += (_, error) => open.Complaints.Add(error);
        open.Page.Request += (_, request) => open.Requests.Add(request.Url);
        await open.Page.GotoAsync(address);
        open.Requests.RemoveAll(url =>
            url.Split('#')[0] == address.Split('#')[0] || url.StartsWith("data:", StringComparison.Ordinal)
        );
        return open;
    }

    /// <summary>The address as the page itself knows it. <see cref="IPage.Url"/> hears of a change later.</summary>
    public Task<string> Address() => Page.EvaluateAsync<string>("() => location.href");

    /// <summary>The models of the rows that can be seen, from top to bottom.</summary>
    public Task<string[]> Models() =>
        Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('table.cases tbody[data-model]')].filter(row => row.offsetParent).map(row => row.dataset.model)"
        );

    /// <summary>The texts of a column, in the rows that can be seen.</summary>
    public Task<string[]> Column(string key) =>
        Page.EvaluateAsync<string[]>(
            "key => [...document.querySelectorAll(`table.cases tbody td[data-key=${key}] > span`)].filter(cell => cell.offsetParent).map(cell => cell.textContent)",
            key
        );

    /// <summary>The columns of the table that can be seen, by their keys.</summary>
    public Task<string[]> Keys() =>
        Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.ranking table.cases > thead th')].filter(head => head.offsetParent).map(head => head.dataset.key)"
        );

    /// <summary>The models whose lines are pinned, in the first picture.</summary>
    public Task<string[]> Pinned() =>
        Page.EvaluateAsync<string[]>(
            "() => [...document.querySelector('svg.lines').querySelectorAll('.line.pinned')].map(line => line.dataset.model).sort()"
        );

    /// <summary>How wide the page is, in pixels.</summary>
    public Task<int> ScrollWidth() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");

    /// <summary>Asserts that the page is no wider than its window, and that axe finds nothing serious in it.</summary>
    public async Task FitsAndSatisfiesAxe(int width)
    {
        Assert.InRange(await ScrollWidth(), 1, width);
        var found = await Page.RunAxe();
        Assert.Equal(
            [],
            found
                .Violations.Where(violation => violation.Impact is "serious" or "critical")
                .Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}")
        );
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
