using System.Diagnostics;
using C10k.Linux;
using C10k.Nodes.Collecting;

namespace C10k.Nodes.Processes;

/// <summary>A real process, with its output read from the beginning so that it never blocks on a full pipe.</summary>
internal sealed class ChildProcess : IChildProcess
{
    private const int MaxLinesLogged = 200;
    private const int MaxCharactersLogged = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly Process _process;
    private readonly ProcessStart _start;
    private readonly Action<string> _log;
    private readonly KeptLines _lines = new();
    private readonly Thread[] _pumps;
    private int _linesLogged;

    public ChildProcess(Process process, ProcessStart start, Action<string> log)
    {
        _process = process;
        _start = start;
        _log = log;
        Id = process.Id;
        _pumps = [StartPump("stdout", PumpOutput), StartPump("stderr", PumpErrors)];
    }

    public int Id { get; }

    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    public bool IsHalted =>
        ExitCode is null
        && new ProcReader().TryRead(Id, "stat"u8, out var text)
        && ProcessStat.TryParse(text, out var stat)
        && stat.Halted;

    public string? ReadLine(TimeSpan timeout, CancellationToken stop) => _lines.Take(timeout, stop);

    public void WriteLine(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException broken)
        {
            _log($"{_start.Role}: does not read: {broken.Message}");
        }
    }

    // What it said last has been heard then, but for what a grandchild that holds the pipes may still say.
    public bool WaitForExit(TimeSpan timeout)
    {
        if (!_process.WaitForExit(timeout))
            return false;
        foreach (var pump in _pumps)
            pump.Join(LastWords);
        return true;
    }

    public bool Stop(TimeSpan grace)
    {
        if (_process.HasExited)
            return true;
        Syscall.Signal(Id, (int)_start.StopSignal);
        if (_process.WaitForExit(grace))
            return true;
        _log($"{_start.Role}: did not end within {grace.TotalSeconds:0.#} s of {_start.StopSignal} and is killed");
        KillAll();
        return false;
    }

    public void Dispose()
    {
        KillAll();
        _process.WaitForExit(Patience);
        // A grandchild may hold the pipes open for ever; what it still had to say is not waited for.
        foreach (var pump in _pumps)
            pump.Join(Patience);
        CloseInput();
        _process.Dispose();
    }

    // A pipe that was used is not the runtime's to close: it would stay open until the collector comes.
    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // What was written last has no reader.
        }
    }

    // The group goes too when its leader is gone already: nothing that a server started may outlive its case. Who left the group is known
    // by his parents; the runtime's own Kill would look at every process of the machine for each of them, which takes minutes for 10,000.
    private void KillAll()
    {
        var tree = _process.HasExited ? [] : new ProcessTree(Id, new ProcReader()).Find();
        Syscall.KillGroup(Id);
        foreach (var process in tree)
            Syscall.Kill(process.Pid);
    }

    private Thread StartPump(string stream, ThreadStart pump)
    {
        var thread = new Thread(pump, maxStackSize: 256 * 1024)
        {
            IsBackground = true,
            Name = $"{_start.Role} {stream}",
        };
        thread.Start();
        return thread;
    }

    private void PumpOutput()
    {
        using var output = _process.StandardOutput;
        foreach (var line in BoundedLines.Read(output))
        {
            if (_start.Heard is null)
                _lines.Add(line);
            else
                Tell("stdout", line);
        }
        _lines.Complete();
    }

    private void PumpErrors()
    {
        using var errors = _process.StandardError;
        foreach (var line in BoundedLines.Read(errors))
            Tell("stderr", line);
    }

    private void Tell(string stream, string line)
    {
        _start.Heard?.Invoke(stream, line);
        var number = Interlocked.Increment(ref _linesLogged);
        if (number <= MaxLinesLogged)
            _log($"{_start.Role}: {stream}: {line[..Math.Min(line.Length, MaxCharactersLogged)]}");
        else if (number == MaxLinesLogged + 1)
            _log($"{_start.Role}: {stream}: further lines are dropped");
    }
}
