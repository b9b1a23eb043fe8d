using System.Buffers.Text;
using C10k.Linux;

namespace C10k.Nodes.Collecting;

/// <summary>What /proc/PID/task/THREAD/status tells; see proc_pid_status(5).</summary>
internal static class ThreadStatus
{
    /// <summary>False when the kernel tells no switches, as sandboxes with a kernel of their own do.</summary>
    public static bool TryParseSwitches(ReadOnlySpan<byte> text, out SwitchCounts counts)
    {
        counts = default;
        if (!TryFind(text, "\nvoluntary_ctxt_switches:\t"u8, out var voluntary))
            return false;
        if (!TryFind(text, "\nnonvoluntary_ctxt_switches:\t"u8, out var involuntary))
            return false;
        counts = new SwitchCounts(voluntary, involuntary);
        return true;
    }

    private static bool TryFind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label, out long value)
    {
        value = 0;
        var at = text.IndexOf(label);
        return at >= 0 && Utf8Parser.TryParse(text[(at + label.Length)..], out value, out _);
    }
}
