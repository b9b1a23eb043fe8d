namespace C10k.Harness.Planning;

/// <summary>How much is measured where the command line does not say.</summary>
/// <param name="Id">Its name on the command line.</param>
/// <param name="Clients">The numbers of clients.</param>
/// <param name="Rounds">How often each case is run, with a fresh server each time.</param>
/// <param name="Windows">How many windows are measured in each round.</param>
/// <param name="Window">How long each is.</param>
/// <param name="WarmUp">How long load runs before the first.</param>
internal sealed record Profile(
    string Id,
    IReadOnlyList<int> Clients,
    int Rounds,
    int Windows,
    TimeSpan Window,
    TimeSpan WarmUp
)
{
    /// <summary>Of a duel, where many short rounds tell more than a few long ones.</summary>
    public static Profile Duel { get; } = new("duel", [1000], 1, 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    /// <summary>Of the single tries of a search for the capacity.</summary>
    public static Profile Capacity { get; } =
        new("capacity", [1000], 1, 2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    /// <summary>Of all workloads together: each a little, and few and many clients, between which they differ.</summary>
    public static Profile AllWorkloads { get; } =
        new("workloads", [100, 10_000], 1, 2, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5));

    /// <summary>Every profile there is.</summary>
    public static IReadOnlyList<Profile> All { get; } =
    [
        new("smoke", [100], 1, 3, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.2)),
        new("quick", [100, 1000, 10_000], 1, 3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
        new("full", [100, 1000, 10_000], 5, 3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)),
        AllWorkloads,
    ];
}
