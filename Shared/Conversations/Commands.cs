using System.Text;
using C10k.CommandLine;

namespace C10k.Conversations;

/// <summary>
/// What a message can order a server to do that was started with <c>--allow-faults</c>: a message that begins <c>!c10k cpu=50ms;</c>
/// makes its handler compute for so long, one that begins <c>!c10k die;</c> makes it crash. It is then answered like any other.
/// </summary>
public static class Commands
{
    /// <summary>The order to crash.</summary>
    public const string Die = "die";

    /// <summary>The longest command with all that belongs to it, in bytes.</summary>
    public const int MaxBytes = 32;

    private const string CpuPrefix = "cpu=";

    /// <summary>The most computing that may be ordered at once.</summary>
    public static TimeSpan MostCpu { get; } = TimeSpan.FromMinutes(1);

    /// <summary>What stands before the order.</summary>
    public static ReadOnlySpan<byte> Prefix => "!c10k "u8;

    /// <summary>What stands behind it.</summary>
    public const byte End = (byte)';';

    /// <summary>Whether it is an order that is understood: <c>die</c>, or <c>cpu=</c> with a duration of up to a minute.</summary>
    public static bool IsKnown(string order) => order == Die || TryParseCpu(order, out _);

    /// <summary>The bytes that a message with the order begins with.</summary>
    public static byte[] ToBytes(string order) => [.. Prefix, .. Encoding.ASCII.GetBytes(order), End];

    /// <summary>Reads <c>cpu=50ms</c>.</summary>
    public static bool TryParseCpu(string order, out TimeSpan cpu)
    {
        cpu = default;
        return order.StartsWith(CpuPrefix, StringComparison.Ordinal)
            && Quantities.TryParseDuration(order[CpuPrefix.Length..], out cpu)
            && cpu <= MostCpu;
    }
}
