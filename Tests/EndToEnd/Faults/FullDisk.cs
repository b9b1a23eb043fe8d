using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>A small file system of our own, in a mount namespace of our own, for the results.</summary>
internal static class FullDisk
{
    /// <summary>Room for a part of a run.</summary>
    public const int KbOfARun = 96;

    /// <summary>Room for the figures of a case, and not for the page.</summary>
    public const int KbOfFigures = 120;

    /// <summary>Room for the little that a search, or a look at the machine, writes.</summary>
    public const int KbOfASearch = 24;

    /// <summary>Room for what is written before the first case, and hardly that.</summary>
    public const int KbOfABeginning = 16;

    private const int NotPossible = 99;

    private const string Resume = """
        test $code = 1 || exit 98
        mount -o remount,size=64m small || exit 99
        C10K_RESULTS=$PWD/small "$0" --resume small/latest
        code=$?
        """;

    public static Task<FaultOutcome> With(int kb, string args) => With(kb, args, afterwards: "", _ => { });

    /// <summary>Makes room again afterwards, and goes on.</summary>
    public static Task<FaultOutcome> AndResume(int kb, string args, Action<HarnessRun> check) =>
        With(kb, args, Resume, check);

    /// <summary>Runs a command where a folder of results has no room left at all.</summary>
    /// <param name="args">The place of the folder is <c>full</c>.</param>
    public static async Task<Finished> Beside(string results, HarnessRun harness, string args)
    {
        const string Script =
            "mkdir full && mount -t tmpfs -o size=4m none full || exit 99; cp -a \"$C10K_FOLDER\"/. full/; "
            + "dd if=/dev/zero of=full/rest bs=4k 2>/dev/null; \"$0\" \"$@\"; code=$?; ls -A full/new 2>/dev/null; exit $code";
        harness.Environment["C10K_FOLDER"] = results;
        var finished = await harness.RunThrough([.. InANamespace, Script], HarnessRun.Split(args));
        Assert.SkipWhen(finished.ExitCode == NotPossible, $"no file system can be mounted here: {finished.Stderr}");
        return finished;
    }

    private static string[] InANamespace => ["unshare", Environment.IsPrivilegedProcess ? "-m" : "-rm", "sh", "-c"];

    private static async Task<FaultOutcome> With(int kb, string args, string afterwards, Action<HarnessRun> check)
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunThrough([.. InANamespace, OnSmallDisk(kb, afterwards)], HarnessRun.Split(args));
        Assert.SkipWhen(finished.ExitCode == NotPossible, $"no file system can be mounted here: {finished.Stderr}");
        Assert.DoesNotContain("   at C10k.", finished.Stderr, StringComparison.Ordinal);
        check(harness);
        return await FaultyRun.Outcome(harness, finished);
    }

    // What stands on it is copied away before it is gone.
    private static string OnSmallDisk(int kb, string afterwards) =>
        $"""
            mkdir small results && mount -t tmpfs -o size={kb}k none small || exit 99
            C10K_RESULTS=$PWD/small "$0" "$@"
            code=$?
            {afterwards}
            cp -a small/. results/
            exit $code
            """;
}
