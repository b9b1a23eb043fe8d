using C10k.Harness.CommandLine;
using C10k.Harness.Comparing;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Harness.Results;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

/// <summary>What a duel compares, and what it says.</summary>
public sealed class DuelCommandTests : IDisposable
{
    private const int RoundsOfEach = 5;

    private static readonly Workload Idle = WorkloadCatalogue.All.Single(workload => workload.Id == "idle");
    private static readonly PlannedCase[] InEcho = [Planned.Case("epoll-level", 10), Planned.Case("poll", 10)];
    private static readonly PlannedCase[] InIdle = [.. InEcho.Select(planned => planned with { Workload = Idle })];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cases_of_different_workloads_are_never_held_against_each_other()
    {
        var plan = MakePlan([.. InEcho, .. InIdle]);
        using var recorder = Record(plan);
        double?[] margins = [.. DuelCommand.Margins(plan, recorder)];
        Assert.Equal(2, margins.Length);
        Assert.InRange(margins[0]!.Value, 0, 0.02);
        Assert.InRange(margins[1]!.Value, 0.1, double.MaxValue);
    }

    [Fact]
    public void A_model_whose_opponent_cannot_run_is_not_held_against_itself()
    {
        var plan = MakePlan(InEcho[0], InEcho[1] with { SkipReason = "too many" });
        using var recorder = Record(plan);
        Assert.Empty(DuelCommand.Margins(plan, recorder));
    }

    [Fact]
    public void With_several_workloads_each_line_names_its_own()
    {
        Assert.Collection(
            Lines([.. InIdle, .. InEcho]),
            line => Assert.StartsWith("echo, 10 clients: poll answers 1.000 ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("idle, 10 clients: poll answers ", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void With_one_workload_there_is_none_to_be_named() =>
        Assert.StartsWith(
            "10 clients: poll answers 1.000 requests for each of epoll-level (95 % ",
            Assert.Single(Lines(InEcho)),
            StringComparison.Ordinal
        );

    private static Plan MakePlan(params PlannedCase[] cases) => new(cases, Planned.Settings(RoundsOfEach));

    private List<string> Lines(PlannedCase[] cases)
    {
        Record(MakePlan(cases)).Dispose();
        return [.. DuelCommand.Describe(RunFiles.Read(_folder["run"]), "epoll-level", "poll")];
    }

    // In echo both do the same; in idle the rounds of one of them differ much.
    private RunRecorder Record(Plan plan)
    {
        var recorder = new RunRecorder(plan, ResultsFolder.At(_folder["run"]));
        foreach (var planned in plan.Runnable)
        {
            for (var round = 1; round <= RoundsOfEach; round++)
            {
                var isSteady = planned.Workload.Id == "echo" || planned.Model.Name == "epoll-level";
                var requests = isSteady ? 1000 + round : 200 * round;
                recorder.Add(Rounds.Measured(planned, round, 100, requests));
            }
        }
        return recorder;
    }
}
