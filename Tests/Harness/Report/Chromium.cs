using C10k.Harness.Planning;
using C10k.Harness.Results;
using Microsoft.Playwright;
using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>A browser without a window, and the page of a run to open in it. Tests are skipped where there is no browser.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "chromium";

    private readonly ReportFolder _folder = ReportFolder.Of(8, 100, 1000, 10_000);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The address of the page, on disk.</summary>
    public string Address => new Uri(_folder.Results.ReportHtml).AbsoluteUri;

    public async ValueTask InitializeAsync()
    {
        if (Executables.OnPath(Program) is not { } path)
            return;
        _folder.Put(
            [
                new MachineLatencyRow
                {
                    Operation = "l1",
                    Title = "first-level cache",
                    MedianNs = 1.2,
                    Meaning = "a load",
                },
            ],
            _folder.Results.LatenciesCsv
        );
        _folder.Write();
        _playwright = await Playwright.CreateAsync();
        // Root may not use chromium's own sandbox; the page is ours.
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu"] }
        );
    }

    /// <summary>A browser window of its own, with the page opened at a state.</summary>
    /// <param name="hash">The state, as in the page's address.</param>
    internal async Task<OpenPage> Open(string hash = "", BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
            Assert.Skip($"{Program} is not installed (Debian: {Program})");
        var context = await _browser.NewContextAsync(options ?? new());
        return await OpenPage.At(context, Address + hash);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _folder.Dispose();
    }
}
