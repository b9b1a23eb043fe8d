using System.Diagnostics;

namespace C10k.Harness.Charts;

/// <summary>
/// Adds a PNG to the SVG that another renderer writes, by means of <c>rsvg-convert</c> (Debian: librsvg2-bin).
/// </summary>
/// <param name="svg">The renderer that writes the SVG.</param>
/// <param name="tool">The path of rsvg-convert.</param>
internal sealed class PngChartRenderer(IChartRenderer svg, string tool) : IChartRenderer
{
    public const string ToolName = "rsvg-convert";

    // Twice the size of the SVG: sharp on the screens and in the documents of today.
    private const string Zoom = "2";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Writes the SVG and, from it, the PNG.</summary>
    /// <exception cref="IOException">The tool failed; the SVG is written all the same.</exception>
    public void Render(Chart chart, string pathWithoutExtension)
    {
        svg.Render(chart, pathWithoutExtension);
        string[] arguments =
        [
            "--zoom",
            Zoom,
            "--output",
            pathWithoutExtension + ".png",
            "--",
            pathWithoutExtension + ".svg",
        ];
        using Process process =
            Process.Start(
                new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardError = true }
            ) ?? throw new IOException($"{tool} did not start");
        Task<string> complaint = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill();
            throw new IOException($"{tool} took more than {_patience.TotalSeconds} s for {chart.Id}");
        }

        if (process.ExitCode != 0)
        {
            throw new IOException(
                $"{tool} failed for {chart.Id} with exit code {process.ExitCode}: {complaint.Result.Trim()}"
            );
        }
    }
}
