using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>A small file system of our own, in a mount namespace of our own, for the results.</summary>
internal static class FullDisk
{
    private const int NotPossible = 99;

    // What stands on it is copied away before it is gone.
    private const string OnSmallDisk = """
        mkdir small results && mount -t tmpfs -o size=96k none small || exit 99
        C10K_RESULTS=$PWD/small "$0" "$@"
        code=$?
        cp -a small/. results/
        exit $code
        """;

    public static async Task<FaultOutcome> With(string args)
    {
        await using var harness = new HarnessRun();
        var finished = await harness.RunThrough(
            ["unshare", Environment.IsPrivilegedProcess ? "-m" : "-rm", "sh", "-c", OnSmallDisk],
            HarnessRun.Split(args)
        );
        Assert.SkipWhen(finished.ExitCode == NotPossible, $"no file system can be mounted here: {finished.Stderr}");
        return await FaultyRun.Outcome(harness, finished);
    }
}
