namespace C10k.Contract;

/// <summary>A number that stands for one message among all: what its bytes and its length follow from.</summary>
public static class MessageIdentity
{
    /// <summary>
    /// The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): reversible, so no two messages share an identity, and every byte of
    /// it depends on all of connection and sequence, so that even one-byte messages differ most of the time.
    /// </summary>
    public static ulong Of(int connection, uint sequence)
    {
        var x = ((ulong)(uint)connection << 32 | sequence) + 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
