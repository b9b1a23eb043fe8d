namespace C10k.Nodes.Collecting;

/// <summary>Everything that is collected. A new kind of figure is a class and a line here.</summary>
internal static class Collectors
{
    /// <summary>A fresh set for one trial.</summary>
    public static IReadOnlyList<ICollector> All() =>
        [
            new ThreadsCollector(),
            new SwitchesCollector(),
            new CpuCollector(),
            new MemoryCollector(),
            new DescriptorsCollector(),
            new AcceptPathCollector(),
            new FaultsCollector(),
            new CpusCollector(),
            new RuntimeCollector(),
            new SocketsCollector(),
            new FootprintCollector(),
        ];
}
