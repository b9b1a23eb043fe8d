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

    /// <summary>Runs until this generator has ended, then ends all others where they stand. What it throws is thrown here.</summary>
    public void Run(IEnumerator<Trap> main)
    {
        _main = Add(main);
        try
        {
            while (_tasks.Contains(_main))
            {
                if (_ready.TryDequeue(out var task))
                    Resume(task);
                else
                    loop.Turn();
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
        var task = new GeneratorTask(generator, _ready.Enqueue);
        _tasks.Add(task);
        _ready.Enqueue(task);
        return task;
    }

    private void Resume(GeneratorTask task)
    {
        try
        {
            if (task.RunToTrap() is { } trap)
                trap.Arrange(loop, task.WakeUp);
            else
                _tasks.Remove(task);
        }
        catch (Exception crash) when (task != _main)
        {
            _tasks.Remove(task);
            task.Dispose();
            onCrash(crash);
        }
    }
}
