using System.Text.Json;
using C10k.Contract;
using C10k.Harness.Results;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Foreign;

/// <summary>Each way in which a foreign server can go wrong has a row that says so; none of them disturbs the others, or stays.</summary>
[Trait("Category", "long")]
public sealed class BrokenServersTests : IClassFixture<BrokenServersTests.Run>
{
    private const string Language = "python3";

    private readonly Run _run;

    public BrokenServersTests(Run run)
    {
        Installed.Require(Language);
        _run = run;
    }

    [Theory]
    [InlineData("never-ready", "the server was not ready within 1 s: nobody listens on its port; see bench.log")]
    [InlineData("announces-nobody", "the server was not ready within 10 s: it announced 127.0.0.1:")]
    [InlineData("wrong-bytes", "probe: wrong answer, byte ")]
    [InlineData("dies", "the server ended with exit code 42 under load; see bench.log")]
    [InlineData(
        "dies-at-once",
        "the server ended with exit code 1 before it was ready: 'it is not my day'; see bench.log"
    )]
    [InlineData("another-port", "the server does not listen on port ")]
    public void One_that_cannot_be_measured_fails_with_the_reason(string name, string reason)
    {
        var row = _run.RowOf(name);
        Assert.Equal(CaseStatus.Failed, row.Status);
        Assert.StartsWith(reason, row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_detaches_itself_is_a_stranger_on_its_own_port()
    {
        var row = _run.RowOf("detaches");
        Assert.Equal(CaseStatus.Failed, row.Status);
        Assert.Matches(@"^127\.0\.0\.1:\d+ belongs to process \d+ ", row.Reason);
    }

    [Fact]
    public void One_that_does_not_stop_is_killed_and_its_row_says_so()
    {
        var row = _run.RowOf("ignores-sigterm");
        Assert.Equal(CaseStatus.Ok, row.Status);
        Assert.EndsWith("; the server did not stop within 4 s and was killed", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_floods_stderr_fills_neither_the_log_nor_anything_else()
    {
        Assert.Equal(CaseStatus.Ok, _run.RowOf("floods-stderr").Status);
        Assert.InRange(new FileInfo(_run.Harness.Latest.Log).Length, 1, 5 << 20);
    }

    [Fact]
    public void What_is_not_installed_is_named_and_skipped()
    {
        var row = _run.RowOf("not-installed");
        Assert.Equal(CaseStatus.Skipped, row.Status);
        Assert.Equal("needs no-such-program, which is not installed: ask your dealer", row.Reason);
    }

    [Fact]
    public void What_cannot_be_built_is_skipped_with_what_its_builder_said()
    {
        var row = _run.RowOf("not-built");
        Assert.Equal(CaseStatus.Skipped, row.Status);
        Assert.Equal("could not be built: error: line 7 is wrong", row.Reason);
    }

    [Fact]
    public void The_others_have_their_figures()
    {
        Assert.Equal(ExitCode.Failure, _run.Finished.ExitCode);
        Assert.Equal(CaseStatus.Ok, _run.RowOf("epoll-level").Status);
        Assert.Equal(0, _run.RowOf("epoll-level").Errors);
    }

    [Fact]
    public void Nothing_is_left_running() => Assert.DoesNotContain(ProcessTree.CommandLines(), _run.IsOfThisRun);

    /// <summary>The run that all look at.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private static readonly string[] Ways =
        [
            "never-ready",
            "wrong-bytes",
            "dies",
            "dies-at-once",
            "ignores-sigterm",
            "floods-stderr",
            "another-port",
            Announcer,
            "detaches",
        ];

        private const string Announcer = "announces-nobody";

        private static readonly string[] NotThere = ["./server"];
        private static readonly string[] FailingBuild =
        [
            "sh",
            "-c",
            "echo begin; echo error: line 7 is wrong; echo end; exit 1",
        ];

        internal HarnessRun Harness { get; } = new();

        internal Finished Finished { get; private set; } = new(-1, "", "");

        internal SummaryRow RowOf(string model) => Harness.Summary.Single(row => row.Model == model);

        internal bool IsOfThisRun(string[] words) => words.Contains(Harness["broken_server.py"]);

        public async ValueTask InitializeAsync()
        {
            if (!Installed.Has(Language))
                return;
            File.Copy(Path.Combine(AppContext.BaseDirectory, "broken_server.py"), Harness["broken_server.py"]);
            List<string> args = ["--profile", "smoke", "--clients", "20", "--models", "epoll-level"];
            foreach (var way in Ways)
                args.AddRange("--server", Define(way, way == "never-ready" ? "1s" : "10s"));
            args.AddRange(
                "--server",
                Define("not-installed", "1s", new { name = "no-such-program", install = "ask your dealer" })
            );
            args.AddRange("--server", DefineUnbuildable());
            Finished = await Harness.Run([.. args]);
        }

        public ValueTask DisposeAsync() => Harness.DisposeAsync();

        private string Define(string name, string readyWithin, params object[] requires) =>
            Write(
                name,
                new Dictionary<string, object>
                {
                    ["name"] = name,
                    ["summary"] = "Goes wrong.",
                    ["command"] = new[] { Language, Harness["broken_server.py"], name, "{port}" },
                    ["ready_within"] = readyWithin,
                    ["ready"] = name == Announcer ? "contract" : "port",
                    ["requires"] = requires,
                }
            );

        private string DefineUnbuildable() =>
            Write(
                "not-built",
                new Dictionary<string, object>
                {
                    ["name"] = "not-built",
                    ["summary"] = "Goes wrong.",
                    ["command"] = NotThere,
                    ["build"] = new { command = FailingBuild, output = "server" },
                }
            );

        private string Write(string name, object definition)
        {
            File.WriteAllText(Harness[$"{name}.json"], JsonSerializer.Serialize(definition));
            return Harness[$"{name}.json"];
        }
    }
}
