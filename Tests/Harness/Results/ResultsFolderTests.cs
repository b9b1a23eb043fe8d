using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Results;

public sealed class ResultsFolderTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_run_gets_a_folder_named_by_time_and_host()
    {
        ResultsFolder folder = Create();
        Assert.Equal(_root["20260131-230509-bench1"], folder.FullPath);
        Assert.True(Directory.Exists(folder.Charts));
        Assert.True(Directory.Exists(folder.Raw));
    }

    [Fact]
    public void A_name_is_added() =>
        Assert.Equal(_root["20260131-230509-bench1-pinned"], Create(name: "pinned").FullPath);

    [Fact]
    public void A_taken_name_gets_a_number()
    {
        Create();
        Assert.Equal(_root["20260131-230509-bench1-2"], Create().FullPath);
        Assert.Equal(_root["20260131-230509-bench1-3"], Create().FullPath);
    }

    [Fact]
    public async Task Two_runs_never_share_a_folder()
    {
        ResultsFolder[] folders = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Create())));
        Assert.Equal(16, folders.Select(f => f.FullPath).Distinct().Count());
    }

    [Fact]
    public void Odd_characters_of_host_and_name_do_not_reach_the_path() =>
        Assert.Equal(_root["20260131-230509-a_b-_.._etc"], Create("a b", "../etc").FullPath);

    [Fact]
    public void A_case_has_a_file_of_its_own_for_its_distribution() =>
        Assert.Equal(
            _root["20260131-230509-bench1/raw/prefork_workers=64-echo-10000.hgrm"],
            Create().HistogramOf("prefork:workers=64", "echo", 10_000)
        );

    [Fact]
    public void Latest_leads_to_the_newest_folder()
    {
        ResultsFolder first = Create();
        first.PointLatestHere();
        Assert.Equal("20260131-230509-bench1", Link().LinkTarget);
        ResultsFolder second = Create();
        second.PointLatestHere();
        Assert.Equal("20260131-230509-bench1-2", Link().LinkTarget);
        Assert.True(File.Exists(_root["latest/bench.log"]));
        Assert.Equal(3, Directory.GetFileSystemEntries(_root.FullPath).Length);
    }

    [Fact]
    public async Task Latest_is_never_missing_while_it_is_moved()
    {
        ResultsFolder first = Create();
        ResultsFolder second = Create();
        first.PointLatestHere();
        Task moving = Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                (i % 2 == 0 ? second : first).PointLatestHere();
            }
        });
        while (!moving.IsCompleted)
        {
            Assert.True(File.Exists(_root["latest/bench.log"]));
        }

        await moving;
    }

    [Fact]
    public void A_folder_opened_through_latest_is_the_folder_itself()
    {
        ResultsFolder folder = Create();
        File.WriteAllText(folder.SummaryCsv, "");
        folder.PointLatestHere();
        ResultsFolder opened = ResultsFolder.Open(_root["latest/"]);
        Assert.Equal(folder.FullPath, opened.FullPath);
        opened.PointLatestHere();
        Assert.Equal("20260131-230509-bench1", Link().LinkTarget);
    }

    [Fact]
    public void A_folder_that_is_only_read_gets_nothing_put_into_it()
    {
        File.WriteAllText(_root["summary.csv"], "");
        ResultsFolder.Open(_root.FullPath);
        Assert.Equal([_root["summary.csv"]], Directory.GetFileSystemEntries(_root.FullPath));
    }

    [Fact]
    public void Something_else_called_latest_is_left_alone()
    {
        Directory.CreateDirectory(_root["latest"]);
        IOException error = Assert.Throws<IOException>(() => Create().PointLatestHere());
        Assert.StartsWith($"{_root["latest"]} cannot be pointed at", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(_root.FullPath).Length);
    }

    [Fact]
    public void A_folder_without_a_summary_is_no_run()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => ResultsFolder.Open(_root["missing"]));
        Assert.Equal($"{_root["missing"]} holds no summary.csv: name a folder under results/", error.Message);
        Assert.False(Directory.Exists(_root["missing"]));
    }

    [Fact]
    public void The_folder_the_user_names_is_made() =>
        Assert.True(Directory.Exists(ResultsFolder.At(_root["mine"]).Charts));

    private ResultsFolder Create(string host = "bench1", string? name = null) =>
        ResultsFolder.Create(_root.FullPath, host, name, new FrozenClock());

    private DirectoryInfo Link() => new DirectoryInfo(_root["latest"]);

    // Late in the evening in UTC, the next day here: the name must not follow the local zone.
    private sealed class FrozenClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone =>
            TimeZoneInfo.CreateCustomTimeZone("here", TimeSpan.FromHours(9), "here", "here");

        public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 23, 5, 9, TimeSpan.Zero);
    }
}
