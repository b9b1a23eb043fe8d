using System.Diagnostics.CodeAnalysis;
using C10k.Nodes;
using Xunit;

namespace C10k.Tests.Support;

/// <summary>
/// Programs that a test needs, and that not every machine has: then it is skipped. Where <c>C10K_NO_SKIPS=1</c> says that all of them
/// are there, as .ci/run does when it has installed them, one that is missing is a failure.
/// </summary>
internal static class Installed
{
    private const string Variable = "C10K_NO_SKIPS";

    /// <summary>Skips the test where there is no such program on the PATH.</summary>
    public static void Require(string program) => Require(Has(program), $"{program} is not installed");

    /// <summary>Skips the test where something else is not there.</summary>
    /// <param name="missing">What is told then.</param>
    public static void Require([DoesNotReturnIf(false)] bool isThere, string missing)
    {
        if (isThere)
            return;
        if (Environment.GetEnvironmentVariable(Variable) == "1")
            Assert.Fail($"{missing}, and {Variable} says that nothing is missing");
        Assert.Skip(missing);
    }

    public static bool Has(string program) => Executables.OnPath(program) is not null;
}
