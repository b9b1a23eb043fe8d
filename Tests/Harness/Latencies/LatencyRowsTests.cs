using C10k.Harness.CommandLine;
using C10k.Harness.Latencies;
using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Latencies;

public sealed class LatencyRowsTests
{
    [Fact]
    public void The_cycle_is_what_all_behind_it_are_measured_by() =>
        Assert.Equal([null, 0.5, 0.5], CyclesTold(cycleNs: 0.5));

    [Fact]
    public void Where_the_cycle_could_not_be_timed_nothing_else_takes_its_place() =>
        Assert.Equal([null, null, null], CyclesTold(cycleNs: null));

    // What each of three operations, the cycle and two that take 100 ns, is told of the cycle.
    private static List<double?> CyclesTold(double? cycleNs)
    {
        var told = new List<double?>();
        string[] operations = [MachineLatencyRow.Cycle, "l1", "memory"];
        var rows = LatenciesCommand.Rows(
            [.. operations.Select(id => new Operation(id, id, "What it does.", typeof(object), "Run"))],
            (operation, cycle) =>
            {
                told.Add(cycle);
                return new MachineLatencyRow
                {
                    Operation = operation.Id,
                    Title = operation.Title,
                    Meaning = operation.Meaning,
                    MedianNs = operation.Id == MachineLatencyRow.Cycle ? cycleNs : 100,
                };
            }
        );
        Assert.Equal(operations, rows.Select(row => row.Operation));
        return told;
    }
}
