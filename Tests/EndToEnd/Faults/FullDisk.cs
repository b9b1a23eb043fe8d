using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>A small file system of our own, in a mount namespace of our own, for the results.</summary>
internal static class FullDisk
{
    /// <summary>Room for a part of a run.</summary>
    public const int KbOfARun = 96;

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

    private static async Task<FaultOutcome> With(int kb, string args, string afterwards, Action<HarnessRun> check)
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunThrough(
            ["unshare", Environment.IsPrivilegedProcess ? "-m" : "-rm", "sh", "-c", OnSmallDisk(kb, afterwards)],
            HarnessRun.Split(args)
        );
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
