using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Shared.Linux;

/// <summary>A small C program that prints what the system's own headers say.</summary>
internal static class CProgram
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <dirent.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <netinet/in.h>
        #include <netinet/tcp.h>
        #include <linux/genetlink.h>
        #include <linux/inet_diag.h>
        #include <linux/io_uring.h>
        #include <linux/netlink.h>
        #include <linux/sock_diag.h>
        #include <linux/taskstats.h>
        #include <poll.h>
        #include <sched.h>
        #include <signal.h>
        #include <spawn.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <sys/epoll.h>
        #include <sys/eventfd.h>
        #include <sys/prctl.h>
        #include <sys/mman.h>
        #include <sys/resource.h>
        #include <sys/select.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/syscall.h>
        #include <sys/wait.h>
        #include <time.h>
        #include <unistd.h>

        """;

    /// <summary>Compiles and runs; the value of each expression, in order.</summary>
    public static IReadOnlyList<long> Evaluate(IEnumerable<string> expressions)
    {
        var folder = Directory.CreateTempSubdirectory("c10k-headers-");
        try
        {
            var (source, program) = (Path.Combine(folder.FullName, "main.c"), Path.Combine(folder.FullName, "main"));
            var prints = expressions.Select(expression => $"  printf(\"%lld\\n\", (long long)({expression}));");
            File.WriteAllText(source, $"{Headers}int main(void) {{\n{string.Join('\n', prints)}\n}}\n");
            Run("cc", "-w", "-o", program, source);
            var lines = Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return [.. lines.Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var stderr = process.StandardError.ReadToEndAsync();
        var stdout = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            $"{program} failed. An undeclared name asks for its header in {nameof(CProgram)}.\n{stderr.Result}"
        );
        return stdout;
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
        }
        catch (Win32Exception notFound)
        {
            Installed.Require(false, $"no C compiler to ask about the headers (cc: {notFound.Message})");
            throw;
        }
    }
}
