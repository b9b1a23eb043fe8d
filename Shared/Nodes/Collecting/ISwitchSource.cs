namespace C10k.Nodes.Collecting;

/// <summary>A way to learn the context switches of a process.</summary>
internal interface ISwitchSource : IDisposable
{
    /// <summary>As it stands in the results: one of the names in <see cref="SwitchSource"/>.</summary>
    string Name { get; }

    /// <summary>Whether it takes a file a thread, and so is dear where there are many.</summary>
    bool LooksAtEachThread { get; }

    /// <summary>Observes the process; one that has ended meanwhile is left as it was.</summary>
    void Read(int pid, SwitchLedger ledger);
}
