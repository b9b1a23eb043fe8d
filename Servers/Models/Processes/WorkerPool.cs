using System.Diagnostics;
using C10k.Hosting;
using C10k.Linux;

namespace C10k.Servers.Models.Processes;

/// <summary>
/// The master of a fixed number of workers. It opens the listening sockets, starts the workers, which inherit them, and then does nothing
/// but wait: a worker that dies is replaced, and all of them are killed when the server is stopped. No byte of a client passes through it.
/// </summary>
/// <param name="command">How a worker is started.</param>
/// <param name="listeners">The sockets; with more than one, each worker has its own.</param>
/// <param name="workers">How many workers there are.</param>
internal sealed class WorkerPool(SpawnCommand command, IReadOnlyList<Listener> listeners, int workers)
{
    // How often it is looked whether a worker died instead of becoming ready.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    // A worker that dies at once, again and again, must not keep a CPU busy with being replaced.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Children _children = new();
    private readonly Dictionary<int, Worker> _workers = [];
    private readonly (int Ours, int Theirs) _line = Syscall.CreateSocketPair();

    /// <summary>Starts the workers, tells when all are ready, and keeps their number until it is stopped.</summary>
    public void Run(Action ready, CancellationToken stop)
    {
        using var registration = stop.Register(_children.KillAll);
        try
        {
            for (var number = 0; number < workers; number++)
                StartFirst(number);
            if (AllBecomeReady())
                ready();
            while (_children.WaitForNext() is { } ended)
                Replace(ended.Pid, ended.End, stop);
        }
        finally
        {
            EndAll();
        }
    }

    private void StartFirst(int number)
    {
        if (Start(number) is < 0 and var error && !_children.Stopped)
            throw new SystemCallException("posix_spawn", (Errno)(-error));
    }

    private int Start(int number)
    {
        var pid = _children.Start(
            command,
            (_line.Theirs, WorkerOrder.LineDescriptor),
            (WorkerOrder.Stderr, WorkerOrder.Stdout),
            (listeners[number % listeners.Count].Descriptor, WorkerOrder.SocketDescriptor)
        );
        if (pid > 0)
            _workers[pid] = new Worker(number, Stopwatch.GetTimestamp());
        return pid;
    }

    // False when it was stopped meanwhile.
    private bool AllBecomeReady()
    {
        Span<byte> received = stackalloc byte[64];
        Span<pollfd> line = [new pollfd { fd = _line.Ours, events = Poll.POLLIN }];
        for (var ready = 0; ready < workers; )
        {
            if (Syscall.WaitPoll(line, Glance) > 0)
                ready += Syscall.Receive(_line.Ours, received).Result;
            else if (_children.Stopped)
                return false;
            else if (_children.TakeNext() is { } ended)
                throw new InvalidOperationException($"a worker ended before it was ready, with {ended.End}");
        }
        return true;
    }

    private void Replace(int pid, ChildEnd end, CancellationToken stop)
    {
        if (stop.IsCancellationRequested || !_workers.Remove(pid, out var worker))
            return;
        Console.Error.WriteLine($"worker {pid} ended with {end}, and its clients with it; another takes its place");
        if (Stopwatch.GetElapsedTime(worker.Started) < Pause)
            stop.WaitHandle.WaitOne(Pause);
        while (Start(worker.Number) < 0 && !stop.IsCancellationRequested)
            stop.WaitHandle.WaitOne(Pause);
    }

    private void EndAll()
    {
        _children.KillAll();
        while (_children.WaitForNext() is not null) { }
        Syscall.Close(_line.Ours);
        Syscall.Close(_line.Theirs);
    }

    private readonly record struct Worker(int Number, long Started);
}
