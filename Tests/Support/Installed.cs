using C10k.Nodes;
using Xunit;

namespace C10k.Tests.Support;

/// <summary>Programs that a test needs, and that not every machine has.</summary>
internal static class Installed
{
    /// <summary>Skips the test where there is no such program on the PATH.</summary>
    public static void Require(string program) => Assert.SkipUnless(Has(program), $"{program} is not installed");

    public static bool Has(string program) => Executables.OnPath(program) is not null;
}
