using System.Text.Encodings.Web;
using System.Text.Unicode;
using C10k.Harness.Report.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace C10k.Harness.Report;

/// <summary>Makes the text of the page. Razor encodes all that comes from servers and files.</summary>
internal static class PageRenderer
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
                (await renderer.RenderComponentAsync<T>(parameters)).ToHtmlString() + "\n"
            )
            .GetAwaiter()
            .GetResult();
    }
}
