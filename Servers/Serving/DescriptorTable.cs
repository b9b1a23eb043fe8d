namespace C10k.Servers.Serving;

/// <summary>Arrays that are indexed by descriptor: the kernel hands out the lowest free number, so that they stay dense.</summary>
internal static class DescriptorTable
{
    /// <summary>Makes the array long enough for a descriptor.</summary>
    public static void MakeRoom<T>(ref T[] table, int descriptor)
    {
        if (descriptor >= table.Length)
            Array.Resize(ref table, Math.Max(descriptor + 1, 2 * table.Length));
    }
}
