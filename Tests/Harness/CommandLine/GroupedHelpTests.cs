using C10k.Harness.CommandLine;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

public class GroupedHelpTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void Every_option_and_command_stands_in_it_and_no_line_is_too_long(int width)
    {
        var root = HarnessCommand.Create();
        var text = GroupedHelp.Text(root, width);
        Assert.All(root.Options, option => Assert.Contains($"  {option.Name}", text, StringComparison.Ordinal));
        Assert.All(root.Subcommands, command => Assert.Contains($"  {command.Name}", text, StringComparison.Ordinal));
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, Math.Max(80, width)));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("run --help")]
    [InlineData("--rounds 0 --help")]
    public async Task A_run_has_groups_and_five_examples(string args)
    {
        var finished = await RunningProgram.ToEnd(new ProgramStart("Harness", args.Split(' ')));
        Assert.Equal((0, ""), (finished.ExitCode, finished.Stderr));
        string[] groups = ["Select", "Load", "Measure", "Output", "Compare"];
        Assert.All(groups, group => Assert.Contains($"\n{group}: ", finished.Stdout, StringComparison.Ordinal));
        Assert.Equal(
            5,
            finished.Stdout.Split('\n').Count(line => line.StartsWith("  ./run-bench.sh", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Other_commands_have_the_usual_help()
    {
        var finished = await RunningProgram.ToEnd(new ProgramStart("Harness", "compare", "--help"));
        Assert.Contains("--fail-on", finished.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("Measure: ", finished.Stdout, StringComparison.Ordinal);
    }
}
