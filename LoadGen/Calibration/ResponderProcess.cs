using System.Diagnostics;
using System.Net;
using C10k.Contract;

namespace C10k.LoadGen.Calibration;

/// <summary>This program once more, as the null responder. It ends when its stdin does, so also when we are killed.</summary>
internal sealed class ResponderProcess : IDisposable
{
    private readonly Process _process;

    public ResponderProcess(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        // Started as `dotnet LoadGen.dll`, the program is dotnet.
        var isHosted = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] before = isHosted ? [Environment.GetCommandLineArgs()[0]] : [];
        _process = Process.Start(
            new ProcessStartInfo(program, [.. before, .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    /// <summary>Waits until it listens, and tells where.</summary>
    public IPEndPoint WaitUntilReady() =>
        ReadyLine.TryParse(_process.StandardOutput.ReadLine() ?? "", out var endPoint)
            ? endPoint
            : throw new InvalidOperationException("the null responder did not start");

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
