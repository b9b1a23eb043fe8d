using System.CommandLine;
using C10k.CommandLine;
using C10k.Harness.CommandLine;
using C10k.Harness.Planning;
using C10k.Nodes;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

public class RunOptionsTests
{
    private static readonly string AllCpus = CpuSet.Allowed.ToString();
    private static readonly string OneCpu = $"{CpuSet.Allowed.Cpus[0]}";

    [Fact]
    public void No_arguments_are_the_quick_profile_with_every_model()
    {
        var plan = Parse();
        Assert.Equal(
            ["select 100", "epoll-level 100", "select 1000", "epoll-level 1000", "select 10000", "epoll-level 10000"],
            plan.Cases.Select(planned => $"{planned.Model.Name} {planned.Clients}")
        );
        Assert.Equal((1, 3), (plan.Settings.Rounds, plan.Settings.Windows));
        Assert.Equal(TimeSpan.FromSeconds(1), plan.Settings.Window);
        Assert.Equal(64, plan.Settings.MessageBytes);
        Assert.Equal("epoll-level", plan.Settings.Baseline);
    }

    [Theory]
    [InlineData("smoke", "100", 1)]
    [InlineData("quick", "100,1000,10000", 1)]
    [InlineData("full", "100,1000,10000", 5)]
    public void A_profile_sets_what_the_command_line_does_not(string profile, string clients, int rounds)
    {
        var plan = Parse("--profile", profile, "--windows", "9");
        Assert.Equal(clients, string.Join(',', plan.Cases.Select(planned => planned.Clients).Distinct()));
        Assert.Equal((rounds, 9), (plan.Settings.Rounds, plan.Settings.Windows));
    }

    [Fact]
    public void Every_option_arrives_in_the_plan()
    {
        var args =
            "--models select --clients 20,10,20 --rounds 4 --windows 5 --window 50ms --warmup 0s --size 16k --seed 0 "
            + $"--baseline select --server-cpus {OneCpu} --load-cpus {AllCpus}";
        var plan = Parse(args.Split(' '));
        Assert.Equal(["select 10", "select 20"], plan.Cases.Select(planned => $"{planned.Model} {planned.Clients}"));
        var settings = plan.Settings;
        Assert.Equal((4, 5, 16 * 1024, 0), (settings.Rounds, settings.Windows, settings.MessageBytes, settings.Seed));
        Assert.Equal((TimeSpan.FromMilliseconds(50), TimeSpan.Zero), (settings.Window, settings.WarmUp));
        Assert.Equal((OneCpu, AllCpus), (settings.ServerCpus.ToString(), settings.LoadCpus.ToString()));
        Assert.Equal("select", settings.Baseline);
    }

    [Fact]
    public void The_profiles_are_those_of_the_help() =>
        Assert.Equal(["smoke", "quick", "full", "workloads"], Profile.All.Select(profile => profile.Id));

    [Fact]
    public void Without_the_usual_baseline_there_is_none() =>
        Assert.Null(Parse("--models", "select").Settings.Baseline);

    [Fact]
    public void Each_run_has_a_seed_of_its_own() =>
        Assert.NotEqual(1, Enumerable.Range(0, 5).Select(_ => Parse().Settings.Seed).Distinct().Count());

    [Fact]
    public void Who_names_the_CPUs_of_one_side_gets_the_others_for_the_other_side()
    {
        var others = CpuSet.Allowed.Except(new CpuSet([CpuSet.Allowed.Cpus[0]]));
        var expected = others.Cpus.Count > 0 ? others.ToString() : OneCpu;
        Assert.Equal(expected, Parse("--server-cpus", OneCpu).Settings.LoadCpus.ToString());
        Assert.Equal(expected, Parse("--load-cpus", OneCpu).Settings.ServerCpus.ToString());
        Assert.Equal(AllCpus, Parse("--server-cpus", AllCpus).Settings.LoadCpus.ToString());
    }

    [Fact]
    public void What_the_machine_cannot_carry_is_planned_as_skipped()
    {
        var plan = Parse(Planned.NoLimits with { Descriptors = 200 }, "--clients", "100,101");
        Assert.Equal([null, null], plan.Cases.Where(planned => planned.Clients == 100).Select(c => c.SkipReason));
        Assert.All(
            plan.Cases.Where(planned => planned.Clients == 101),
            planned => Assert.StartsWith("needs 201 descriptors", planned.SkipReason, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("poll", "the baseline 'poll' is not among the models of this run: possible are select, epoll-level")]
    [InlineData("epoll", "the baseline 'epoll' is not among the models of this run: did you mean epoll-level?")]
    public void A_baseline_that_does_not_run_is_refused(string baseline, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Parse("--baseline", baseline)).Message);

    private static Plan Parse(params string[] args) => Parse(Planned.NoLimits, args);

    private static Plan Parse(MachineLimits limits, params string[] args)
    {
        var command = new Command("run");
        RunOptions.AddTo(command);
        var parsed = command.Parse(args);
        Assert.Empty(parsed.Errors);
        return RunOptions.MakePlan(
            parsed,
            [Planned.Model("select"), Planned.Model("epoll-level")],
            RunMachines.One(limits)
        );
    }
}
