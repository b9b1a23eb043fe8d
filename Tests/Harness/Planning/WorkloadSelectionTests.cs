using C10k.CommandLine;
using C10k.Contract;
using C10k.Harness.Planning;
using C10k.LoadGen.Modes;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Planning;

public sealed class WorkloadSelectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("echo", "echo")]
    [InlineData("idle,chat,idle", "idle|chat")]
    [InlineData(
        "idle:active=10%,chat:think=exp:500ms,echo:size=1k,pipeline=4,http",
        "idle:active=10%|chat:think=exp:500ms|echo:size=1k,pipeline=4|http"
    )]
    [InlineData("echo:size=64*9+4096*1,pipeline=4,http", "echo:size=64*9+4096*1,pipeline=4|http")]
    public void Workloads_come_in_the_order_they_are_asked_for_each_once(string asked, string found) =>
        Assert.Equal(found, string.Join('|', WorkloadSelection.Select(asked).Select(workload => workload.Id)));

    [Fact]
    public void All_is_every_workload_there_is_and_some_in_a_second_form()
    {
        var all = WorkloadSelection.Select("all").Select(workload => workload.Id).ToList();
        Assert.Equal(WorkloadCatalogue.All.Select(workload => workload.Id), all.Take(WorkloadCatalogue.All.Count));
        Assert.Contains("rate:rate_of_echo=80%", all);
    }

    [Fact]
    public void A_rate_makes_open_loops_of_them_that_are_called_so()
    {
        var workloads = WorkloadSelection.Select("echo,idle:active=5", 20_000);
        Assert.Equal(["echo:rate=20000", "idle:active=5,rate=20000"], workloads.Select(workload => workload.Id));
        Assert.All(workloads, workload => Assert.Equal(20_000, workload.Rate));
        Assert.Equal(
            workloads.Select(w => w.Id),
            WorkloadSelection.Select("echo:rate=20000,idle:active=5,rate=20000").Select(w => w.Id)
        );
    }

    [Fact]
    public void What_comes_from_a_file_knows_the_file_also_at_a_rate_and_anything_else_knows_none()
    {
        var file = _folder["readers.json"];
        File.WriteAllText(file, """{ "based_on": "echo" }""");
        Assert.Equal(
            [("readers", file), ("echo", null)],
            WorkloadSelection.Select($"{file},echo").Select(w => (w.Id, w.File))
        );
        Assert.Equal([("readers:rate=5", file)], WorkloadSelection.Select(file, 5).Select(w => (w.Id, w.File)));
    }

    [Theory]
    [InlineData("ecco", "unknown workload 'ecco': did you mean echo")]
    [InlineData("", "unknown workload ''")]
    [InlineData("echo:", "workload 'echo:': behind the colon stands field=value,…")]
    [InlineData("echo:thinc=5ms", "workload 'echo:thinc=5ms': no workload has a field 'thinc': did you mean think")]
    [InlineData("echo:think=5", "field 'think' takes a duration above 0, such as 50ms")]
    [InlineData("echo:active=0", "field 'active' takes a number of clients, or a share of them")]
    [InlineData("echo:active=101%", "field 'active' takes")]
    [InlineData("echo:size=0", "field 'size' takes a number of bytes")]
    [InlineData("echo:size=2g", "field 'size' takes a number of bytes")]
    [InlineData("echo:size=uniform:1024-16", "such as 64, 16k, uniform:16-1024 or 64*9+4096*1; not 'uniform:1024-16'")]
    [InlineData("echo:size=64*9,4096*1", "unknown workload '4096*1': sizes with weights have + between them here")]
    [InlineData("echo:conversation=gopher", "field 'conversation' takes one of echo")]
    [InlineData("echo:command=format", "field 'command' takes die, or cpu=")]
    [InlineData("echo:charts=beauty", "field 'charts' takes some of throughput")]
    [InlineData("bulk:window_per_client=1s", "field 'window_per_client' takes a duration of up to 50ms, such as 1ms")]
    [InlineData("bulk:window_per_client=-1ms", "field 'window_per_client' takes")]
    [InlineData("rate:think=5ms", "workload 'rate:think=5ms': a rate and think do not go together")]
    [InlineData("http:command=die", "command goes with conversation echo")]
    [InlineData("echo:slow_readers=5", "slow_readers needs read_rate")]
    [InlineData("nowhere/my.json", "workload nowhere/my.json: Could not find")]
    public void What_cannot_be_is_named_with_the_remedy(string asked, string message)
    {
        var refused = Assert.Throws<UsageException>(() => WorkloadSelection.Select(asked));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5.0)]
    public void Two_files_of_one_id_are_refused_and_the_same_file_twice_is_one_workload(double? rate)
    {
        var (one, other) = (_folder["one.json"], _folder["other.json"]);
        File.WriteAllText(one, """{ "id": "readers" }""");
        File.WriteAllText(other, """{ "id": "readers", "think": "5ms" }""");
        var refused = Assert.Throws<UsageException>(() => WorkloadSelection.Select($"echo,{one},{other}", rate));
        Assert.Equal($"workload {other}: the id 'readers' is taken by {one}: choose another", refused.Message);
        var again = Path.Combine(_folder.FullPath, ".", "one.json");
        Assert.Equal(one, Assert.Single(WorkloadSelection.Select($"{one},{again}", rate)).File);
    }

    [Fact]
    public void A_file_that_is_called_like_a_workload_of_the_bench_needs_another_id()
    {
        File.WriteAllText(_folder["echo.json"], """{ "think": "5ms" }""");
        var refused = Assert.Throws<UsageException>(() => WorkloadSelection.Select(_folder["echo.json"]));
        Assert.EndsWith("choose another in field 'id'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_has_the_same_fields()
    {
        var path = Write(
            """
            {
              // People who read a page at a time.
              "id": "readers", "summary": "slow people", "question": "who waits", "based_on": "chat",
              "think": "exp:20ms", "active": 7, "size": "1k", "charts": ["p99", "cpu"],
            }
            """
        );
        var workload = Assert.Single(WorkloadSelection.Select(path));
        Assert.Equal(("readers", "slow people", "who waits"), (workload.Id, workload.Summary, workload.Question));
        Assert.Equal("size=1k, active=7, think=exp:20ms", WorkloadField.Describe(workload));
        Assert.Equal(["p99", "cpu"], workload.Charts);
    }

    [Theory]
    [InlineData("\"64*9,4096*1\"")]
    [InlineData("\"64*9+4096*1\"")]
    [InlineData("[\"64*9\", \"4096*1\"]")]
    public void Sizes_with_weights_are_written_in_a_file_with_commas_or_as_in_a_variant(string sizes)
    {
        var size = WorkloadSelection.Select(Write($$"""{ "size": {{sizes}} }"""))[0].Size;
        Assert.Equal((64, 4096), (MessageSizes.TryParse(size!)!.Shortest, MessageSizes.TryParse(size!)!.Longest));
    }

    [Fact]
    public void A_window_is_as_long_as_its_clients_need_or_the_run_asks_for()
    {
        var second = TimeSpan.FromSeconds(1);
        var bulk = WorkloadSelection.Select("bulk")[0];
        Assert.Equal([second, 10 * second], ((int[])[100, 10_000]).Select(clients => bulk.WindowOf(clients, second)));
        var file = Write("""{ "based_on": "bulk", "window_per_client": "2ms" }""");
        Assert.Equal(20 * second, WorkloadSelection.Select(file)[0].WindowOf(10_000, second));
        Assert.Equal(second, WorkloadSelection.Select("echo")[0].WindowOf(1_000_000, second));
    }

    [Theory]
    [InlineData("{ \"think\": \"soon\" }", "field 'think' takes a duration")]
    [InlineData("{ \"thinking\": \"5ms\" }", "no workload has a field 'thinking'")]
    [InlineData("{ \"active\": null }", "field 'active' takes a text or a number")]
    [InlineData("{ \"id\": \"../etc\" }", "field 'id' takes up to 40 letters")]
    [InlineData("{ \"id\": \"echo\" }", "mine.json: the id 'echo' is taken by a workload of the bench: choose another")]
    [InlineData("{ \"summary\": 5 }", "field 'summary' takes a text")]
    [InlineData("{ \"based_on\": \"chess\" }", "unknown workload 'chess'")]
    [InlineData("{\n  \"think\": 5ms\n}", "no JSON in line 2")]
    [InlineData("[]", "is no JSON object")]
    [InlineData("", "no JSON in line 1")]
    public void A_wrong_file_is_refused_with_its_field_or_line(string json, string message)
    {
        var path = Write(json);
        var refused = Assert.Throws<UsageException>(() => WorkloadSelection.Select(path));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Every field that a workload was given is written as it can be read again.</summary>
    [Fact]
    public void What_describes_a_workload_makes_it_again()
    {
        foreach (var workload in WorkloadSelection.Select("all"))
        {
            var again = new Workload(workload.Id, workload.Summary, workload.Question) { Charts = workload.Charts };
            foreach (var pair in WorkloadField.Describe(workload).Split(", ", StringSplitOptions.RemoveEmptyEntries))
                again = WorkloadSelection.Set(again, pair.Split('=', 2)[0], pair.Split('=', 2)[1], "test");
            Assert.Equal(workload, again);
        }
    }

    /// <summary>The load generator understands what is asked of it for any workload.</summary>
    [Fact]
    public void Every_workload_can_be_ordered_from_the_load_generator()
    {
        var settings = Planned.Settings();
        foreach (var workload in WorkloadSelection.Select("all"))
        {
            var planned = new PlannedCase(Planned.Variant("epoll-level"), workload, 100);
            var server = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 5000);
            var rate = workload.IsOpen ? 1000.5 : (double?)null;
            var arguments = C10k.Harness.Trials.CaseCommands.OfLoad(
                planned,
                settings.MessageBytes,
                server,
                rate,
                C10k.Harness.Trials.LoadShare.Whole(planned.Clients),
                threads: 1
            );
            Assert.Empty(LoadCommand.Create().Parse([.. arguments]).Errors);
        }
    }

    private string Write(string json)
    {
        var path = _folder["mine.json"];
        File.WriteAllText(path, json);
        return path;
    }
}
