using C10k.Harness.Judging;
using C10k.Harness.Results;
using C10k.Nodes;
using C10k.Tests.Harness.Results;
using C10k.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>A browser without a window, and the page of a run to open in it. Tests are skipped where there is no browser.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "chromium";

    // Playwright's own limits are of a few seconds, and it draws without help beside tests that compute.
    private const int PatienceMs = 60_000;

    private readonly ReportFolder _folder = ReportFolder.Of(8, 100, 1000, 10_000);
    private readonly Lazy<ReportFolder> _several = new(WriteSeveral);
    private readonly Lazy<ReportFolder> _full = new(WriteFull);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

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
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        // Root may not use chromium's own sandbox; the page is ours.
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = path,
                Args = ["--no-sandbox", "--disable-gpu"],
                Timeout = 2 * PatienceMs,
            }
        );
    }

    /// <summary>A browser window of its own, with the page opened at a state.</summary>
    /// <param name="hash">The state, as in the page's address.</param>
    internal Task<OpenPage> Open(string hash = "", BrowserNewContextOptions? options = null) =>
        OpenFile(_folder.Results.ReportHtml, hash, options);

    /// <summary>The same with the page of a run of two workloads, whose models have sources and whose requests failed.</summary>
    internal Task<OpenPage> OpenSeveral(string hash = "", BrowserNewContextOptions? options = null) =>
        OpenFile(_several.Value.Results.ReportHtml, hash, options);

    /// <summary>The page of a run of two dozen models at three numbers of clients, of which nothing is missing.</summary>
    internal string FullPage => _full.Value.Results.ReportHtml;

    /// <summary>The same with any page.</summary>
    internal async Task<OpenPage> OpenFile(string path, string hash = "", BrowserNewContextOptions? options = null)
    {
        Installed.Require(_browser is not null, $"{Program} is not installed (Debian: {Program})");
        var context = await _browser.NewContextAsync(options ?? new());
        context.SetDefaultTimeout(PatienceMs);
        return await OpenPage.At(context, new Uri(path).AbsoluteUri + hash);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _folder.Dispose();
        foreach (var folder in (Lazy<ReportFolder>[])[_several, _full])
        {
            if (folder.IsValueCreated)
                folder.Value.Dispose();
        }
    }

    private static ReportFolder WriteFull()
    {
        var folder = ReportFolder.Full(24, 100, 1000, 10_000);
        folder.Write();
        return folder;
    }

    private static ReportFolder WriteSeveral()
    {
        const string Source = "Models/Async.cs";
        var folder = ReportFolder.Of(3, 100);
        File.Delete(folder.Results.ModelsCsv);
        folder.Put(
            [
                new ModelRow
                {
                    Model = "async",
                    Family = "runtime",
                    Source = Source,
                },
            ],
            folder.Results.ModelsCsv
        );
        var source = Path.Combine(Path.GetDirectoryName(folder.Results.FullPath)!, Source);
        Directory.CreateDirectory(Path.GetDirectoryName(source)!);
        File.WriteAllText(source, "");
        folder.Put([
            Rows.Measured("epoll-level", 100) with
            {
                Workload = "hello",
            },
            Rows.Measured("async", 100) with
            {
                Workload = "hello",
                Ratio = 0.4,
                VersusBaseline = Difference.Undecided,
                Errors = 7,
                ErrorKinds = "7 closed early",
            },
        ]);
        folder.Write();
        return folder;
    }
}
