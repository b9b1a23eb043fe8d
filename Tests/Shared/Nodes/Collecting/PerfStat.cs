using System.Diagnostics;
using System.Globalization;
using C10k.Tests.Harness;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Collecting;

/// <summary>
/// Counts the context switches of running processes with <c>perf stat</c>, an independent judge: from <see cref="Enable"/> to
/// <see cref="Disable"/>, with every thread that is born meanwhile.
/// </summary>
internal sealed class PerfStat : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _perf;
    private readonly FileStream _control;
    private readonly StreamReader _acknowledgements;

    public PerfStat(IEnumerable<int> processes)
    {
        MakePipe("control");
        MakePipe("ack");
        // Opened for both directions, so that opening waits for nobody.
        _control = new FileStream(_folder["control"], FileMode.Open, FileAccess.ReadWrite);
        _acknowledgements = new StreamReader(new FileStream(_folder["ack"], FileMode.Open, FileAccess.ReadWrite));
        var arguments =
            $"stat -x, -e context-switches --delay=-1 --control=fifo:{_folder["control"]},{_folder["ack"]} "
            + $"-o {_folder["counts"]} -p {string.Join(',', processes)}";
        _perf = Process.Start(new ProcessStartInfo("perf", arguments) { UseShellExecute = false })!;
    }

    /// <summary>Why it cannot be used here, or null.</summary>
    public static string? WhyNot()
    {
        if (Environment.UserName != "root")
            return "perf counts switches of others for root only";
        return File.Exists("/usr/bin/perf") ? null : "perf is not installed";
    }

    public void Enable() => Order("enable");

    /// <summary>Ends, and tells the switches.</summary>
    public long Disable()
    {
        Order("disable");
        // The order "stop" is for perf record; perf stat ends as at Ctrl-C.
        _ = Servers.ProcessTree.Signal(_perf.Id, Servers.ProcessTree.SIGINT);
        Assert.True(_perf.WaitForExit(Servers.Patience.Limit), "perf stat did not end");
        var line = File.ReadLines(_folder["counts"])
            .Single(text => text.Contains("context-switches", StringComparison.Ordinal));
        return long.Parse(line.Split(',')[0], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!_perf.HasExited)
            _perf.Kill();
        _perf.Dispose();
        _control.Dispose();
        _acknowledgements.Dispose();
        _folder.Dispose();
    }

    private void Order(string word)
    {
        _control.Write(System.Text.Encoding.ASCII.GetBytes(word + "\n"));
        _control.Flush();
        var acknowledged = Task.Run(_acknowledgements.ReadLine).Wait(Servers.Patience.Limit);
        Assert.True(acknowledged, $"perf stat did not obey '{word}'");
    }

    private void MakePipe(string name)
    {
        using var mkfifo = Process.Start("mkfifo", _folder[name]);
        mkfifo.WaitForExit();
    }
}
