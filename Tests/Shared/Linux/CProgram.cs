using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace C10k.Tests.Shared.Linux;

/// <summary>Asks the C compiler and this machine's headers, which are the truth about constants and layouts.</summary>
internal static class CProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The values of integer expressions; skips the test where there is no gcc or no such header.</summary>
    /// <param name="headers">As <c>linux/netlink.h</c>.</param>
    /// <param name="expressions">As <c>sizeof(struct nlmsghdr)</c>.</param>
    public static IReadOnlyList<long> Evaluate(IEnumerable<string> headers, IEnumerable<string> expressions)
    {
        var folder = Directory.CreateTempSubdirectory("c10k-tests-");
        try
        {
            var includes = headers.Select(header => $"#include <{header}>");
            var prints = expressions.Select(expression => $"  printf(\"%lld\\n\", (long long)({expression}));");
            var source = Path.Combine(folder.FullName, "print.c");
            var program = Path.Combine(folder.FullName, "print");
            File.WriteAllLines(
                source,
                [
                    "#define _GNU_SOURCE",
                    "#include <stddef.h>",
                    "#include <stdio.h>",
                    .. includes,
                    "int main(void) {",
                    .. prints,
                    "}",
                ]
            );
            var (compiled, complaints) = Run("gcc", "-o", program, source);
            Assert.SkipUnless(compiled, "gcc with the kernel's headers is needed: " + complaints);
            return [.. Run(program).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (bool Succeeded, string Output) Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            return (process.WaitForExit(Patience) && process.ExitCode == 0, output + errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception missing)
        {
            return (false, missing.Message);
        }
    }
}
