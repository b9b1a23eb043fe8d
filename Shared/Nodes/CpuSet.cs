using System.Globalization;
using C10k.Linux;

namespace C10k.Nodes;

/// <summary>Some CPUs by number, written as the kernel writes them: <c>0-3,8</c>. See cpuset(7), "List format".</summary>
internal sealed record CpuSet(IReadOnlyList<int> Cpus)
{
    /// <summary>The CPUs that this process may use.</summary>
    public static CpuSet Allowed { get; } = new(Syscall.GetAffinity());

    /// <summary>Reads the list format; false for anything else, an empty list included.</summary>
    public static bool TryParse(string text, out CpuSet set)
    {
        var cpus = new SortedSet<int>();
        set = new CpuSet([]);
        foreach (var part in text.Split(','))
        {
            var bounds = part.Split('-', 2);
            if (!TryParseNumber(bounds[0], out var first) || !TryParseNumber(bounds[^1], out var last) || last < first)
                return false;
            cpus.UnionWith(Enumerable.Range(first, last - first + 1));
        }
        set = new CpuSet([.. cpus]);
        return true;
    }

    /// <summary>The server gets the first half of the CPUs and the load the second; a single one they have to share.</summary>
    public (CpuSet Server, CpuSet Load) Halve()
    {
        var half = Cpus.Count / 2;
        return half == 0 ? (this, this) : (new CpuSet([.. Cpus.Take(half)]), new CpuSet([.. Cpus.Skip(half)]));
    }

    /// <summary>The CPUs of this set that are not in the other.</summary>
    public CpuSet Except(CpuSet other) => new([.. Cpus.Except(other.Cpus)]);

    /// <inheritdoc/>
    public override string ToString()
    {
        var parts = new List<string>();
        for (var i = 0; i < Cpus.Count; )
        {
            var first = i;
            while (i + 1 < Cpus.Count && Cpus[i + 1] == Cpus[i] + 1)
                i++;
            parts.Add(first == i ? $"{Cpus[i]}" : $"{Cpus[first]}-{Cpus[i]}");
            i++;
        }
        return string.Join(',', parts);
    }

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Syscall.MaxCpus;
}
