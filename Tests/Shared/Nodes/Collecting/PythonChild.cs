using System.Diagnostics;
using C10k.Tests.Servers;
using C10k.Tests.Support;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>
/// A Python program that does what a test tells it, one line at a time: it <c>say</c>s lines and <c>hear</c>s them. Between two
/// lines it is known what it has done, without a sleep.
/// </summary>
internal sealed class PythonChild : IDisposable
{
    private const string Prelude = """
        import os, resource, signal, sys, threading, time

        def say(*words):
            print(*words, flush=True)

        def hear():
            if not sys.stdin.readline():
                os._exit(0)

        def burn(seconds):
            end = time.process_time() + seconds
            while time.process_time() < end:
                for i in range(10000):
                    pass

        def fork(work=lambda: None):
            done, tell = os.pipe()
            pid = os.fork()
            if pid == 0:
                signal.alarm(120)
                work()
                os.write(tell, b'.')
                os.close(tell)
                while True:
                    signal.pause()
            os.close(tell)
            os.read(done, 1)
            os.close(done)
            return pid

        """;

    private static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
    private static readonly Lazy<bool> Present = new(IsPresent);

    private readonly Process _process;

    /// <summary>Starts the program, or skips the test where there is no Python.</summary>
    public PythonChild(string program)
    {
        Installed.Require(Present.Value, "python3 is not installed");
        _process = Start("-c", Prelude + program);
    }

    public int Pid => _process.Id;

    /// <summary>The next line the program says.</summary>
    public string Hear() =>
        _process.StandardOutput.ReadLineAsync().WaitAsync(Patience.Limit).GetAwaiter().GetResult()
        ?? throw new InvalidOperationException("The program ended: " + _process.StandardError.ReadToEnd());

    /// <summary>The next line, as numbers.</summary>
    public double[] HearNumbers() => [.. Hear().Split(' ').Select(double.Parse)];

    /// <summary>Lets the program go on, and returns the next line it says.</summary>
    public string GoOn()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        return Hear();
    }

    /// <summary>Ends the program and waits until it is gone.</summary>
    public void End()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private static bool IsPresent()
    {
        try
        {
            using var process = Start("-c", "");
            return process.WaitForExit(Patience.Limit) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(Python, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
}
