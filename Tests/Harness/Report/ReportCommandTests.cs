using System.Runtime.Versioning;
using C10k.Contract;
using C10k.Tests.EndToEnd;
using C10k.Tests.EndToEnd.Faults;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Report;

public sealed class ReportCommandTests
{
    [Fact]
    public async Task A_folder_of_results_becomes_a_page_and_its_path_is_told()
    {
        await using var harness = new HarnessRun();
        using var folder = ReportFolder.Of(3, 100, 1000);
        var finished = await harness.Run("report", folder.Results.FullPath);
        Assert.Equal(
            (ExitCode.Success, $"report: {folder.Results.ReportHtml}\n"),
            (finished.ExitCode, finished.Stdout)
        );
        Assert.Contains("echo-throughput.svg", Directory.GetFiles(folder.Results.Charts).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_the_page_of_before_stays_as_it_was()
    {
        await using var harness = new HarnessRun();
        using var folder = ReportFolder.Of(1, 100);
        var before = folder.Write();
        File.WriteAllText(
            folder.Results.WindowsCsv,
            File.ReadAllText(folder.Results.WindowsCsv).Replace(',', ';').Replace('.', ',')
        );
        var finished = await harness.Run("report", folder.Results.FullPath);
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Contains("windows.csv: line 1: has semicolons", finished.Stderr, StringComparison.Ordinal);
        Assert.Single(finished.Stderr.TrimEnd().Split('\n'));
        Assert.Equal(before, folder.Page);
        Assert.Empty(Directory.GetFiles(folder.Results.FullPath, "*.new", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("report full")]
    [InlineData("compare full full --output full/new")]
    public async Task What_finds_no_room_fails_in_one_line_and_leaves_no_half_of_a_file(string args)
    {
        await using var harness = new HarnessRun();
        using var folder = ReportFolder.Of(1, 100);
        var finished = await FullDisk.Beside(folder.Results.FullPath, harness, args);
        Assert.Equal((ExitCode.Failure, ""), (finished.ExitCode, finished.Stdout));
        Assert.Contains(
            "run-bench: a file cannot be written or read: No space left on device",
            finished.Stderr.TrimEnd().Split('\n')[^1],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("report")]
    [InlineData("compare")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_may_not_be_looked_into_is_told_from_one_without_results(string command)
    {
        await using var harness = new HarnessRun();
        using var folder = ReportFolder.Of(1, 100);
        File.SetUnixFileMode(folder.Results.FullPath, UnixFileMode.None);
        string[] folders = [.. Enumerable.Repeat(folder.Results.FullPath, command == "compare" ? 2 : 1)];
        var finished = await harness.RunThrough(OrdinaryUser.Command, [command, .. folders]);
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Contains("Access to the path", finished.Stderr, StringComparison.Ordinal);
        Assert.Single(finished.Stderr.TrimEnd().Split('\n'));
        File.SetUnixFileMode(
            folder.Results.FullPath,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
    }

    [Fact]
    public async Task A_folder_without_results_is_refused_in_one_line()
    {
        await using var harness = new HarnessRun();
        var finished = await harness.Run("report", harness["nothing"]);
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Equal(
            $"run-bench: there can be no report on {harness["nothing"]}: {harness["nothing"]} holds no summary.csv: name a folder under results/\n",
            finished.Stderr
        );
    }
}
