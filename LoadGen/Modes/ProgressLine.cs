using C10k.Contract;

namespace C10k.LoadGen.Modes;

/// <summary>One line on a terminal that tells how it goes, written over and over.</summary>
internal sealed class ProgressLine(TextWriter terminal, bool isShown)
{
    // Back to the first column, and away with what stands there (ECMA-48: EL).
    private const string StartOver = "\r\e[K";

    /// <summary>Whether anybody sees it.</summary>
    public bool IsShown => isShown;

    public void Show(string phase) => Write($"{phase} …");

    /// <summary>A window is over.</summary>
    public void Show(TimeSpan passed, TimeSpan total, LoadReport window)
    {
        var errors = window.Errors.Total == 0 ? "" : $"   {window.Errors}";
        Write(
            $"{passed.TotalSeconds:0.0} of {total.TotalSeconds:0.0} s   {window.ThroughputRps:N0} requests/s   "
                + $"p50 {ReportText.Us(window.LatencyUs.P50)}   p99 {ReportText.Us(window.LatencyUs.P99)}{errors}"
        );
    }

    public void Clear() => Write("");

    private void Write(string text)
    {
        if (!isShown)
            return;
        terminal.Write($"{StartOver}{text}");
        terminal.Flush();
    }
}
