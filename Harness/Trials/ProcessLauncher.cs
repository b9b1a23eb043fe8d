using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using C10k.Harness.Planning;
using C10k.Harness.Recording;
using C10k.Linux;

namespace C10k.Harness.Trials;

/// <summary>
/// Starts real processes, each bound to its CPUs from before its first instruction, in a session and process group of its own, and
/// killed by the kernel when the Harness dies. The death signal follows the thread that started the process (prctl(2),
/// PR_SET_PDEATHSIG), so that one thread, which lives as long as the launcher, starts them all.
/// </summary>
internal sealed class ProcessLauncher : IProcessLauncher, IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private readonly RunLog _log;
    private readonly IReadOnlyList<string> _wrapper;
    private readonly bool _adoptsOrphans;
    private readonly ConcurrentDictionary<int, string> _started = new();

    /// <param name="log">Where it is told what was started.</param>
    /// <param name="adoptsOrphans">
    /// Whether this process becomes the parent of those that outlive theirs. It is then to start processes in no other way while one of
    /// ours runs, because <see cref="EndOrphans"/> could not tell them apart.
    /// </param>
    public ProcessLauncher(RunLog log, bool adoptsOrphans = false)
    {
        _log = log;
        _adoptsOrphans = adoptsOrphans;
        if (adoptsOrphans)
            Orphans.Adopt();
        _wrapper = FindWrapper();
        _thread = new Thread(Work) { IsBackground = true, Name = "launcher" };
        _thread.Start();
    }

    public IChildProcess Start(ProcessStart start)
    {
        var started = new TaskCompletionSource<Process>();
        _work.Add(() =>
        {
            try
            {
                started.SetResult(StartHere(start));
            }
            catch (Exception failure)
            {
                started.SetException(failure);
            }
        });
        try
        {
            var process = started.Task.GetAwaiter().GetResult();
            _started[process.Id] = start.Role;
            _log.Write($"{start.Role}: pid {process.Id} on CPUs {start.Cpus}: {start}");
            return new ChildProcess(process, start, _log);
        }
        catch (Exception failure) when (failure is Win32Exception or SystemCallException)
        {
            throw new TrialException($"{start.Role} could not be started: {start.Executable}: {failure.Message}");
        }
    }

    /// <summary>Ends whoever left the processes that were started here, and outlived them: daemons, and what they started.</summary>
    public void EndOrphans()
    {
        if (_adoptsOrphans && Orphans.End(pid => !_started.ContainsKey(pid)) is > 0 and var killed)
            _log.Write($"{killed} process(es) outlived who started them, and were killed");
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable())
            action();
    }

    // A child inherits the affinity of the thread that starts it.
    private Process StartHere(ProcessStart start)
    {
        var mine = Syscall.GetAffinity();
        Syscall.SetAffinity(start.Cpus.Cpus);
        try
        {
            return Process.Start(Describe(start))!;
        }
        finally
        {
            Syscall.SetAffinity(mine);
        }
    }

    private ProcessStartInfo Describe(ProcessStart start)
    {
        string[] command = [.. _wrapper, start.Executable, .. start.Arguments];
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = start.Folder,
        };
        foreach (var (name, value) in start.Environment)
            info.Environment[name] = value;
        return info;
    }

    // Both come with util-linux, keep the process id, and leave nothing behind. Without them a child still ends by its stdin.
    private static IReadOnlyList<string> FindWrapper() =>
        Executables.OnPath("setsid") is { } setsid && Executables.OnPath("setpriv") is { } setpriv
            ? [setsid, setpriv, "--pdeathsig", "KILL", "--"]
            : [];
}
