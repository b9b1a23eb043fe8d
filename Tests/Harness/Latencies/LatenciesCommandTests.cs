using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.EndToEnd;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.Harness.Latencies;

[Trait("Category", "long")]
public sealed class LatenciesCommandTests
{
    [Fact]
    public async Task Every_operation_has_its_time_or_the_reason_why_not_and_the_order_is_that_of_any_machine()
    {
        await using var harness = new HarnessRun();
        var place = harness["here"];
        var finished = await harness.Run("latencies", "--quick", "--output", place);
        Assert.Equal((ExitCode.Success, 17), (finished.ExitCode, Read(place).Count));
        Assert.All(Read(place), row => Assert.True(row.MedianNs > 0 || row.Reason is not null, row.ToString()));
        Assert.Equal(1, Of("cycle").ScaledSeconds);
        Assert.InRange(Of("system-call").MedianNs!.Value, 0, Of("process-creation").MedianNs!.Value / 10);
        Assert.InRange(Of("readiness-epoll").MedianNs!.Value, 0, Of("readiness-poll").MedianNs!.Value / 10);
        Assert.InRange(Of("l1").MedianNs!.Value, 0, Of("memory").MedianNs!.Value / 3);
        Assert.Equal([], Directory.GetFiles(place, ".*").Select(Path.GetFileName));
        Assert.Contains("loopback round trip", finished.Stdout, StringComparison.Ordinal);
        Assert.Contains(
            "thread creation",
            await File.ReadAllTextAsync(Path.Combine(place, "report.html")),
            StringComparison.Ordinal
        );

        MachineLatencyRow Of(string operation) => Read(place).Single(row => row.Operation == operation);
    }

    [Fact]
    public async Task An_interruption_leaves_what_was_timed_before_it()
    {
        await using var harness = new HarnessRun();
        var place = harness["here"];
        await using var program = harness.Start("latencies", "--quick", "--output", place);
        await Patience.Until(
            "a third operation",
            () => program.Stderr.Contains("[3/17]", StringComparison.Ordinal),
            () => program.Stderr
        );
        program.Signal(ProcessTree.SIGINT);
        var finished = await program.Finish();
        Assert.Equal(ExitCode.Interrupted, finished.ExitCode);
        Assert.InRange(Read(place).Count, 2, 16);
    }

    [Fact]
    public async Task A_folder_with_something_else_in_it_is_refused()
    {
        await using var harness = new HarnessRun();
        var place = harness["taken"];
        Directory.CreateDirectory(place);
        await File.WriteAllTextAsync(Path.Combine(place, "mine"), "mine");
        var finished = await harness.Run("latencies", "--quick", "--output", place);
        Assert.Equal(
            (
                ExitCode.WrongArguments,
                $"run-bench: --output {place} exists and is not empty: name another folder, or remove it\n"
            ),
            (finished.ExitCode, finished.Stderr)
        );
    }

    private static IReadOnlyList<MachineLatencyRow> Read(string folder) =>
        CsvFile.Read<MachineLatencyRow>(Path.Combine(folder, "latencies.csv"));
}
