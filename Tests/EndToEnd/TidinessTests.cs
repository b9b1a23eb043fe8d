using System.Text.RegularExpressions;
using C10k.Contract;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd;

/// <summary>A run writes its results, where it was told to, and nothing else that stays anywhere.</summary>
public sealed partial class TidinessTests
{
    private static readonly string[] Run = HarnessRun.Split(
        "--models poll,prefork:workers=2 --clients 5 --windows 1 --window 1s --warmup 0s"
    );

    private static readonly string[] Traced =
    [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-s",
        "4096",
        "-e",
        "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat,bind",
        "-e",
        "status=successful",
    ];

    [Fact]
    public async Task Nothing_is_written_but_results_and_what_is_gone_again()
    {
        await using var harness = Prepare();
        string[] command = Strace.Works ? [.. Traced, "-o", harness["trace"]] : ["env"];
        var finished = await harness.RunThrough(command, Run);
        Assert.Equal(ExitCode.Success, finished.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(harness["home"]));
        Assert.Empty(Directory.GetFileSystemEntries(harness["temporary"]));
        Strace.Require("tells what else is written");
        var written = File.ReadLines(harness["trace"]).Where(IsWriting).Select(PathIn).ToList();
        Assert.Contains(Path.Combine(harness.Latest.FullPath, "summary.csv"), written);
        string[] allowed = [harness.Root, harness["temporary"], "/proc/self/", "/dev/null"];
        Assert.DoesNotContain(written, path => !allowed.Any(place => IsIn(path, place)));
    }

    private static HarnessRun Prepare()
    {
        var harness = new HarnessRun();
        harness.Environment["HOME"] = Directory.CreateDirectory(harness["home"]).FullName;
        harness.Environment["TMPDIR"] = Directory.CreateDirectory(harness["temporary"]).FullName;
        return harness;
    }

    private static bool IsIn(string path, string place) => path.StartsWith(place, StringComparison.Ordinal);

    // Opening is writing where it may change something; a socket has a path only in a file system.
    private static bool IsWriting(string line) =>
        line.Contains(" bind(", StringComparison.Ordinal) ? line.Contains("sun_path=\"", StringComparison.Ordinal)
        : line.Contains(" open", StringComparison.Ordinal) ? ToWrite().IsMatch(line)
        : line.Contains('"', StringComparison.Ordinal);

    // The last path of a call is the one that is made.
    private static string PathIn(string line) => Quoted().Matches(line)[^1].Groups["path"].Value;

    [GeneratedRegex("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ToWrite();

    [GeneratedRegex("\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
