using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>
/// Whatever happens to a run: finished rows are whole and on disk, every process that was started is gone, ports are free, and the exit
/// code tells. What comes out of each is a row of the table in docs/reliability.md.
/// </summary>
[Trait("Category", "long")]
public sealed class FaultTests
{
    public static TheoryData<string> Names => [.. FaultCatalogue.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_and_nothing_is_left(string name)
    {
        var fault = FaultCatalogue.All.Single(fault => fault.Name == name);
        ReliabilityTable.Check(fault.Name, await fault.Happen());
    }

    [Fact]
    public void The_table_tells_of_every_fault_and_of_no_other() =>
        Assert.Equal(FaultCatalogue.All.Select(fault => fault.Name).Order(), ReliabilityTable.Names.Order());
}
