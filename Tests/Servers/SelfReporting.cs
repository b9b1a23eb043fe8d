using C10k.Contract;
using C10k.Nodes.Collecting;

namespace C10k.Tests.Servers;

/// <summary>Asks a server of itself until it has the time to answer.</summary>
internal static class SelfReporting
{
    /// <param name="name">The name of its abstract socket.</param>
    public static async Task<SelfReport> Of(string name)
    {
        SelfReport? report = null;
        await Patience.Until(
            "the server tells of itself",
            () => (report = SelfReports.Ask(name)) is not null,
            () => "it is silent"
        );
        return report!;
    }
}
