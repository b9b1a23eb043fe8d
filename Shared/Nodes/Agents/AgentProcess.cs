using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Nodes.Agents;

/// <summary>A process that an agent has started for a caller, and what is told of it. Disposing ends it.</summary>
internal sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // What is logged of a process has bounds, and what it prints waits with the process; so this stays short.
    private readonly Channel<AgentEvent> _events = Channel.CreateUnbounded<AgentEvent>();
    private readonly SemaphoreSlim _lineTold = new(0);
    private readonly CancellationTokenSource _gone = new();
    private readonly Action<AgentProcess> _ended;
    private readonly CpuSet _cpus;
    private readonly IChildProcess _child;
    private readonly Lock _gate = new();
    private TrialWatch? _watch;
    private bool _disposed;

    /// <param name="ended">Told when it, and all that it started, has ended.</param>
    /// <exception cref="NodeException">It could not be started.</exception>
    public AgentProcess(ProcessLauncher launcher, ProcessStart start, Action<string> log, Action<AgentProcess> ended)
    {
        _ended = ended;
        _cpus = start.Cpus;
        _child = launcher.Start(
            start,
            message =>
            {
                log(message);
                _events.Writer.TryWrite(new NoteEvent(message));
            }
        );
        _events.Writer.TryWrite(new StartedEvent(Id, _child.Id));
        new Thread(Tell, maxStackSize: 256 * 1024) { IsBackground = true, Name = $"agent {_child.Id}" }.Start();
    }

    /// <summary>By which requests name it. Not to be guessed, as a process id can be.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>
    /// What happens to it, to be read by one. Of its lines one at a time is on the way: a caller who is slower than the process leaves the
    /// others where they are kept, up to a bound, and what comes then is dropped there.
    /// </summary>
    public async IAsyncEnumerable<AgentEvent> Events([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(stop))
        {
            yield return happened;
            if (happened is LineEvent)
                _lineTold.Release();
        }
    }

    public void WriteLine(string line) => _child.WriteLine(line);

    public bool Stop(TimeSpan grace) => _child.Stop(grace);

    /// <summary>Whether it was halted (SIGSTOP).</summary>
    public bool IsHalted => _child.IsHalted;

    /// <summary>Makes sure that it is who listens there.</summary>
    /// <exception cref="NodeException">It is not.</exception>
    /// <exception cref="AgentRefusal">That is no address.</exception>
    public void CheckOwner(OwnerRequest owner)
    {
        if (!IPAddress.TryParse(owner.Address, out var address) || owner.Port is < 0 or > 65535)
            throw new AgentRefusal(400, $"'{owner.Address}:{owner.Port}' is no address");
        PortOwner.Check(new IPEndPoint(address, owner.Port), _child.Id);
    }

    /// <summary>Begins to watch it.</summary>
    public void Watch(WatchRequest request)
    {
        lock (_gate)
        {
            _watch?.Dispose();
            _watch = new TrialWatch(
                new WatchedServer(_child.Id, request.Port, request.SelfReportName),
                new WatchedCpus(_cpus, CpuSet.TryParse(request.LoadCpus ?? "", out var load) ? load : null)
            );
        }
    }

    /// <summary>Looks at it.</summary>
    /// <exception cref="AgentRefusal">It is not watched.</exception>
    public T Look<T>(Func<TrialWatch, T> look)
    {
        lock (_gate)
            return look(_watch ?? throw new AgentRefusal(409, "the process is not watched"));
    }

    public void Dispose()
    {
        // Who comes second waits for the end, too.
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _watch?.Dispose();
            _child.Dispose();
            _gone.Cancel();
            _ended(this);
        }
    }

    private void Tell()
    {
        try
        {
            while (NextLine() is { } happened)
            {
                _events.Writer.TryWrite(happened);
                if (happened is LineEvent)
                    _lineTold.Wait(_gone.Token);
            }
            // A process may close its stdout long before it ends.
            while (!_child.WaitForExit(Beat))
                _events.Writer.TryWrite(new BeatEvent());
            _events.Writer.TryWrite(new ExitedEvent(_child.ExitCode ?? -1));
        }
        catch (Exception disposed) when (disposed is InvalidOperationException or OperationCanceledException)
        {
            // Disposed meanwhile: the caller has gone, and nobody is left to tell.
        }
        _events.Writer.TryComplete();
    }

    private AgentEvent? NextLine()
    {
        try
        {
            return _child.ReadLine(Beat, CancellationToken.None) is { } line ? new LineEvent(line) : null;
        }
        catch (TimeoutException)
        {
            return new BeatEvent();
        }
    }
}
