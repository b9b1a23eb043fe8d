namespace C10k.Servers.Models.Loops;

/// <summary>
/// Runs many generators on one thread, as an operating system runs processes: those that can go on stand in a queue, first in, first
/// out; each runs until it traps; and when none can go on, the event loop waits for the next that can.
/// </summary>
internal sealed class Scheduler(EventLoop loop, Action<Exception> onCrash)
{
    private readonly Queue<GeneratorTask> _ready = new();
    private readonly HashSet<GeneratorTask> _tasks = [];
    private GeneratorTask? _main;
    private bool _isOver;

    /// <summary>Runs until this generator has ended, then ends all others where they stand. What it throws is thrown here.</summary>
    public void Run(IEnumerator<Trap> main)
    {
        _main = Add(main);
        try
        {
            RunReady();
            while (!_isOver)
            {
                loop.Turn();
                RunReady();
            }
        }
        finally
        {
            foreach (var task in _tasks)
                task.Dispose();
        }
    }

    /// <summary>Adds a generator as a task of its own, behind those that can go on already. What it throws ends it alone.</summary>
    public void Spawn(IEnumerator<Trap> generator) => Add(generator);

    private GeneratorTask Add(IEnumerator<Trap> generator)
    {
        var task = new GeneratorTask(generator, _ready);
        _tasks.Add(task);
        _ready.Enqueue(task);
        return task;
    }

    // To the last, even when it is over: a generator that never began would not run its finally either.
    private void RunReady()
    {
        while (_ready.TryDequeue(out var task))
            Resume(task);
    }

    private void Resume(GeneratorTask task)
    {
        try
        {
            if (task.RunToTrap() is { } trap)
                trap.Arrange(loop, task.WakeUp);
            else
                End(task);
        }
        catch (Exception crash) when (task != _main)
        {
            End(task);
            onCrash(crash);
        }
    }

    private void End(GeneratorTask task)
    {
        _tasks.Remove(task);
        task.Dispose();
        _isOver |= task == _main;
    }
}
