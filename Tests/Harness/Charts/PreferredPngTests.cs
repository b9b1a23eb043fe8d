using C10k.Harness.Charts;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public class PreferredPngTests
{
    private readonly Recorder _svg = new();
    private readonly Recorder _usual = new();
    private readonly List<string> _told = [];

    [Fact]
    public void The_preferred_renderer_draws_beside_the_SVG()
    {
        var preferred = new Recorder();
        Draw(preferred);
        Assert.Equal((2, 2, 0), (_svg.Drawn, preferred.Drawn, _usual.Drawn));
        Assert.Empty(_told);
    }

    [Fact]
    public void Where_it_fails_that_is_said_once_and_the_usual_one_draws_everything()
    {
        Draw(
            new Recorder
            {
                Failure = new TypeInitializationException("SkiaSharp", new DllNotFoundException("libSkiaSharp")),
            }
        );
        Assert.Equal((1, 2), (_svg.Drawn, _usual.Drawn));
        Assert.Contains("SkiaSharp", Assert.Single(_told), StringComparison.Ordinal);
    }

    private void Draw(IChartRenderer preferred)
    {
        var renderer = new PreferredPng(_svg, preferred, _usual, _told.Add);
        foreach (var id in (string[])["poll", "select"])
            renderer.Render(ExampleCharts.Of(ExampleCharts.Line(id, 1, 2, 3)), "nowhere");
    }

    private sealed class Recorder : IChartRenderer
    {
        public int Drawn { get; private set; }

        public Exception? Failure { get; init; }

        public void Render(Chart chart, string pathWithoutExtension)
        {
            if (Failure is not null)
                throw Failure;
            Drawn++;
        }
    }
}
