using C10k.Contract;
using C10k.Harness.Results;
using C10k.Nodes;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

/// <summary>Whatever is wrong on the command line is said in one line, and then nothing has happened.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--rounds 0", "--rounds takes a whole number from 1 to 1000, not '0'")]
    [InlineData("--rounds 1.5", "--rounds takes a whole number from 1 to 1000, not '1.5'")]
    [InlineData("--windows 1001", "--windows takes a whole number from 1 to 1000, not '1001'")]
    [InlineData(
        "--window 1",
        "--window takes a duration of at least 10ms with its unit, such as 500ms, 2s or 1m, not '1'"
    )]
    [InlineData(
        "--window 9ms",
        "--window takes a duration of at least 10ms with its unit, such as 500ms, 2s or 1m, not '9ms'"
    )]
    [InlineData(
        "--warmup -1s",
        "--warmup takes a duration of at least 0us with its unit, such as 500ms, 2s or 1m, not '-1s'"
    )]
    [InlineData("--size 0", "--size takes a size from 1 byte to 16,777,216 bytes, such as 64, 16k or 1m, not '0'")]
    [InlineData("--size 17m", "--size takes a size from 1 byte to 16,777,216 bytes, such as 64, 16k or 1m, not '17m'")]
    [InlineData(
        "--workload echo:conversation=prefix --size 100k",
        "workload 'echo:conversation=prefix': conversation prefix takes up to 65,536 bytes a message, not 102,400: lower --size"
    )]
    [InlineData(
        "--workload echo:conversation=prefix,size=64*9+100k*1",
        "workload 'echo:conversation=prefix,size=64*9+100k*1': conversation prefix takes up to 65,536 bytes a message, not 102,400: lower field 'size'"
    )]
    [InlineData(
        "duel epoll-level poll --workload echo:size=17m",
        "workload 'echo:size=17m': conversation echo takes up to 16,777,216 bytes a message, not 17,825,792: lower field 'size'"
    )]
    [InlineData("--seed -1", "--seed takes a whole number from 0 to 2147483647, not '-1'")]
    [InlineData(
        "--clients 100,,200",
        "--clients takes whole numbers from 1 to 1000000, with commas between them, not '100,,200'"
    )]
    [InlineData("--clients 0", "--clients takes whole numbers from 1 to 1000000, with commas between them, not '0'")]
    [InlineData(
        "--clients 1000001",
        "--clients takes whole numbers from 1 to 1000000, with commas between them, not '1000001'"
    )]
    [InlineData("--clients 100 --clients 200", "--clients is given 2 times: 100 200")]
    [InlineData("--profile smok", "unknown --profile 'smok': did you mean smoke?")]
    [InlineData("--workload bulks", "unknown workload 'bulks': did you mean bulk?")]
    [InlineData("--load wrk2", "unknown --load 'wrk2': did you mean wrk?")]
    [InlineData(
        "--load wrk --workload bulk",
        "--load wrk cannot make the workload bulk: it speaks bulk, and wrk speaks http, as --workload http does"
    )]
    [InlineData(
        "--load wrk --workload http:think=5ms",
        "--load wrk cannot make the workload http:think=5ms: wrk's clients all ask, one request at a time, as soon as they have their reply"
    )]
    [InlineData(
        "--load wrk --workload http --load-agent http://127.0.0.1:9",
        "--load wrk runs wrk on this machine: leave out the agents"
    )]
    [InlineData("--rate 0", "--rate takes a number of requests per second above 0, such as 20000, not '0'")]
    [InlineData("--models epoll-levle", "unknown model 'epoll-levle': did you mean epoll-level?")]
    [InlineData("--models poll:x=1", "model 'poll' has no parameter 'x': it has none")]
    [InlineData(
        "--models poll --baseline async",
        "the baseline 'async' is not among the models of this run: possible are poll"
    )]
    [InlineData("--client 100", "unknown option '--client': did you mean --clients?")]
    [InlineData(
        "soak --output x",
        "unknown option '--output': possible are --models, --clients, --for, --requests-per-connection, --server-agent, --load-agent, --agent-token-file, --agent-certificate, --help"
    )]
    [InlineData(
        "smoke",
        "unknown command 'smoke': possible are run, list, doctor, compare, duel, capacity, soak, check, report, latencies, agent-keys, completion"
    )]
    [InlineData("run smoke", "unexpected argument 'smoke': run takes options only, see --help")]
    [InlineData("duel poll", "a duel takes two models, and poll names 1")]
    [InlineData("duel poll poll", "a duel takes two models, and poll poll names 1")]
    [InlineData(
        "duel poll select --baseline-server x",
        "beside --baseline-server a duel takes one model, and poll select names 2"
    )]
    [InlineData("duel poll --baseline-server /no/such", "--baseline-server: there is no program /no/such")]
    [InlineData("compare a b --fail-on 5", "--fail-on takes a share in per cent, below 100, such as 5%, not '5'")]
    [InlineData("compare a b --by speed", "unknown --by 'speed': possible are throughput, cpu, p99")]
    [InlineData("--resume x --rounds 2", "--resume goes on with the options of that run: leave out the others")]
    [InlineData("list servers", "unknown command 'servers': possible are models, workloads")]
    public Task Is_refused(string args, string message) => CheckRefused(message, args.Split(' '));

    [Theory]
    [InlineData("--server-cpus")]
    [InlineData("--load-cpus")]
    public Task A_CPU_that_we_may_not_use_is_refused(string option) =>
        CheckRefused(
            $"{option} takes some of the CPUs {CpuSet.Allowed}, such as 0 or 0-3,8, not '4095'",
            option,
            "4095"
        );

    [Fact]
    public Task A_folder_that_is_not_empty_is_refused()
    {
        File.WriteAllText(_folder["summary.csv"], "mine");
        return CheckRefused(
            $"--output {_folder.FullPath} exists and is not empty: name another folder, or remove it",
            "--output",
            _folder.FullPath
        );
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_folder_is_refused()
    {
        File.WriteAllText(_folder["taken"], "mine");
        await CheckRefused(
            $"no results can be put into {_folder["taken"]}: The file '{_folder["taken"]}' already exists. "
                + "Name another folder with --output",
            "--output",
            _folder["taken"]
        );
        Assert.Equal("mine", File.ReadAllText(_folder["taken"]));
    }

    [Fact]
    public Task A_folder_without_a_name_is_refused() =>
        CheckRefused("--output takes the name of a folder, not ''", "--output", "");

    [Fact]
    public Task Keys_for_a_folder_without_a_name_are_refused() =>
        CheckRefused("agent-keys takes the name of a folder, not ''", "agent-keys", "");

    [Fact]
    public async Task Latencies_are_not_put_into_the_folder_of_a_run_that_is_under_way()
    {
        File.WriteAllText(_folder["summary.csv"], "");
        using var claim = FolderClaim.Take(ResultsFolder.Open(_folder.FullPath));
        await CheckRefused(
            $"another run writes into {_folder.FullPath}: wait for its end, or name another folder with --output",
            "latencies",
            "--output",
            _folder.FullPath
        );
    }

    [Fact]
    public Task A_server_file_without_end_is_refused() =>
        CheckRefused("/dev/zero: has more than 1 MiB", "--server", "/dev/zero");

    [Fact]
    public Task A_token_without_end_is_refused() =>
        CheckRefused(
            "--agent-token-file: has more than 1 MiB",
            "--server-agent",
            "https://127.0.0.1:1",
            "--agent-token-file",
            "/dev/zero"
        );

    [Fact]
    public Task A_workload_without_end_is_refused()
    {
        File.CreateSymbolicLink(_folder["mine.json"], "/dev/zero");
        return CheckRefused(
            $"workload {_folder["mine.json"]}: has more than 1 MiB",
            "--workload",
            _folder["mine.json"]
        );
    }

    [Theory]
    [InlineData("duel")]
    [InlineData("capacity")]
    public Task What_is_no_run_is_not_gone_on_with(string command)
    {
        File.WriteAllText(_folder["environment.json"], $$"""{ "arguments": ["{{command}}", "poll"] }""");
        return CheckRefused(
            $"--resume {_folder.FullPath}: holds what '{command}' found, and only a run can be gone on with: start it again",
            "--resume",
            _folder.FullPath
        );
    }

    [Fact]
    public Task A_run_over_agents_is_not_gone_on_with_on_this_machine()
    {
        foreach (var folder in (string[])["raw", "charts"])
            Directory.CreateDirectory(_folder[folder]);
        File.WriteAllText(
            _folder["environment.json"],
            """
            {
              "arguments": ["--models", "poll"], "seed": 7, "bench_version": "0.1.0", "commit": null,
              "agents": [{ "address": "https://10.0.0.1:1", "facts": { "program": "Servers", "host": "far" } }]
            }
            """
        );
        return CheckRefused(
            $"--resume {_folder.FullPath}: was begun with Servers on far, and would go on with no agents: name the same agents as then, in the environment where that named them",
            "--resume",
            _folder.FullPath
        );
    }

    [Fact]
    public async Task A_place_for_all_results_that_is_no_folder_is_refused()
    {
        File.WriteAllText(_folder["results"], "mine");
        var finished = await RunHarness("--models", "poll", "--clients", "1");
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.StartsWith(
            $"run-bench: no results can be put into {_folder["results"]}: ",
            finished.Stderr,
            StringComparison.Ordinal
        );
        Assert.Single(finished.Stderr.TrimEnd().Split('\n'));
    }

    private async Task CheckRefused(string message, params string[] args)
    {
        var before = Directory.GetFileSystemEntries(_folder.FullPath);
        var finished = await RunHarness(args);
        Assert.Equal($"run-bench: {message}\n", finished.Stderr);
        Assert.Equal("", finished.Stdout);
        Assert.Equal(ExitCode.WrongArguments, finished.ExitCode);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.FullPath));
    }

    private Task<Servers.Finished> RunHarness(params string[] args) =>
        RunningProgram.ToEnd(
            new ProgramStart("Harness", args)
            {
                Folder = _folder.FullPath,
                Environment = new Dictionary<string, string> { ["C10K_RESULTS"] = _folder["results"] },
            }
        );
}
