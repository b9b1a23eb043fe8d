using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.Support;

/// <summary>Somebody without any privilege. Whoever is that already runs things as he is.</summary>
internal static class OrdinaryUser
{
    private static readonly string[] AsNobody =
    [
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "--bounding-set=-all",
        "--",
    ];

    /// <summary>What runs the words behind it as an ordinary user. The test is skipped where that cannot be tried.</summary>
    public static IReadOnlyList<string> Command
    {
        get
        {
            if (!Environment.IsPrivilegedProcess)
                return [];
            Assert.SkipUnless(Tried.Value, $"nobody may not run {ServersExecutable.Path}, or there is no setpriv");
            return AsNobody;
        }
    }

    private static Lazy<bool> Tried { get; } = new(Try);

    private static bool Try()
    {
        try
        {
            using var process = System.Diagnostics.Process.Start(
                AsNobody[0],
                [.. AsNobody[1..], "test", "-x", ServersExecutable.Path]
            );
            return process.WaitForExit(Patience.Limit) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
