using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using C10k.Harness.Report.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace C10k.Harness.Report;

/// <summary>Makes the text of the page. Razor encodes all that comes from servers and files.</summary>
internal static partial class PageRenderer
{
    public static string Render(PageView view) => Render<Page>(view);

    /// <typeparam name="T">A component with a parameter <c>View</c>.</typeparam>
    public static string Render<T>(object view)
        where T : IComponent
    {
        // A page in UTF-8 need not spell out every µ and every dash.
        using var services = new ServiceCollection()
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
            .BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Page.View)] = view });
        return renderer
            .Dispatcher.InvokeAsync(async () =>
                Compact((await renderer.RenderComponentAsync<T>(parameters)).ToHtmlString()) + "\n"
            )
            .GetAwaiter()
            .GetResult();
    }

    // A tenth of the page is what Razor indents with, the ends of elements that hold nothing or that HTML does not ask for, and spelt-out
    // spaces.
    private static string Compact(string page) =>
        EndThatGoesWithoutSaying()
            .Replace(EmptyShape().Replace(Indentation().Replace(page, "\n"), "<${start}/>"), "")
            .Replace("&#xA0;", "\u00A0", StringComparison.Ordinal);

    // Before another element or the end of theirs; text behind them would become theirs.
    [GeneratedRegex("</(?:td|th|tr|dt|dd|li|option)>\\s*(?=<)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EndThatGoesWithoutSaying();

    [GeneratedRegex(@"[ \t]*\n[ \t\n]*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Indentation();

    [GeneratedRegex(
        "<(?<start>(?<name>path|circle|polyline|use) [^<>]*)></\\k<name>>",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex EmptyShape();
}
