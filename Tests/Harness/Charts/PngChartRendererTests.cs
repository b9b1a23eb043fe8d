using C10k.Harness.Charts;
using C10k.Nodes;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Charts;

public sealed class PngChartRendererTests : IDisposable
{
    private static readonly byte[] _pngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];
    private static readonly Chart _chart = ExampleCharts.Of(ExampleCharts.Line("a", 1, 2));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_PNG_stands_beside_the_SVG()
    {
        string? tool = Executables.OnPath(PngChartRenderer.ToolName);
        Installed.Require(tool is not null, "rsvg-convert is not installed");
        new PngChartRenderer(new SvgChartRenderer(), tool).Render(_chart, _folder["-odd name"]);
        Assert.Equal(_pngSignature, File.ReadAllBytes(_folder["-odd name.png"])[..4]);
        Assert.True(File.Exists(_folder["-odd name.svg"]));
    }

    // ls does not know the option, and says so.
    [Fact]
    public void A_tool_that_fails_is_quoted_and_the_SVG_stays()
    {
        var renderer = new PngChartRenderer(new SvgChartRenderer(), "/bin/ls");
        IOException error = Assert.Throws<IOException>(() => renderer.Render(_chart, _folder["chart"]));
        Assert.StartsWith("/bin/ls failed for example with exit code 2: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("zoom", error.Message);
        Assert.True(File.Exists(_folder["chart.svg"]));
    }
}
