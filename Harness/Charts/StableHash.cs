using System.Text;

namespace C10k.Harness.Charts;

/// <summary>A hash that is the same in every run, which that of <see cref="string"/> is not (FNV-1a, 32 bits).</summary>
internal static class StableHash
{
    public static int Of(string text)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ b) * 16777619);
        }

        return (int)(hash & int.MaxValue);
    }
}
