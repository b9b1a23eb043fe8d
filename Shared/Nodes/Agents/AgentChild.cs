using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;
using C10k.Nodes.Processes;

namespace C10k.Nodes.Agents;

/// <summary>A process that an agent has started for us. It ends at the latest when we no longer listen.</summary>
internal sealed class AgentChild : IChildProcess
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly AgentConnection _agent;
    private readonly HttpResponseMessage _response;
    private readonly string _role;
    private readonly Action<string> _log;
    private readonly KeptLines _lines = new();
    private readonly ManualResetEventSlim _over = new();
    private readonly TaskCompletionSource<StartedEvent> _started = new();
    private readonly Thread _pump;
    private volatile bool _disposing;
    private volatile string? _lost;

    private AgentChild(AgentConnection agent, HttpResponseMessage response, string role, Action<string> log)
    {
        (_agent, _response, _role, _log) = (agent, response, role, log);
        _pump = new Thread(Listen, maxStackSize: 256 * 1024) { IsBackground = true, Name = $"{role} {agent.Name}" };
        _pump.Start();
    }

    /// <summary>By which requests name it.</summary>
    public string Path { get; private set; } = "";

    public int Id { get; private set; }

    public int? ExitCode { get; private set; }

    public bool IsHalted => !_over.IsSet && _agent.Get(Path, AgentJson.Default.StateAnswer).Halted;

    public string Fate => _lost ?? (ExitCode is { } code ? $"ended with exit code {code}" : "still runs");

    /// <exception cref="NodeException">The agent cannot be reached, refuses, or could not start it.</exception>
    public static AgentChild Start(AgentConnection agent, StartRequest request, string role, Action<string> log)
    {
        var child = new AgentChild(agent, Open(agent, request), role, log);
        if (
            !child._started.Task.Wait(DeadPeers.Patience)
            || child._started.Task.Result is not { Id.Length: > 0 } started
        )
        {
            child.Dispose();
            throw new NodeException($"agent {agent.Name} did not tell whether it has started the process");
        }
        child.Path = $"{AgentPaths.Processes}/{Uri.EscapeDataString(started.Id)}";
        child.Id = started.Pid;
        log($"{role}: pid {started.Pid} of agent {agent.Name}");
        return child;
    }

    // What was lost with a connection is being ended there, which may take a while: the next case must not be lost for that.
    private static HttpResponseMessage Open(AgentConnection agent, StartRequest request)
    {
        for (var begin = Stopwatch.GetTimestamp(); ; Thread.Sleep(Pause))
        {
            try
            {
                var body = AgentConnection.Body(request, AgentJson.Default.StartRequest);
                return agent.Open(AgentPaths.Processes, body);
            }
            catch (AgentBusyException) when (Stopwatch.GetElapsedTime(begin) < DeadPeers.Patience)
            {
                // Asked again.
            }
        }
    }

    public string? ReadLine(TimeSpan timeout, CancellationToken stop) => _lines.Take(timeout, stop);

    public void WriteLine(string line)
    {
        try
        {
            var input = new InputRequest(line);
            _agent.Send(
                HttpMethod.Post,
                Path + AgentPaths.Input,
                AgentConnection.Body(input, AgentJson.Default.InputRequest)
            );
        }
        catch (NodeException gone)
        {
            _log($"{_role}: does not read: {gone.Message}");
        }
    }

    public bool WaitForExit(TimeSpan timeout) => _over.Wait(timeout);

    public bool Stop(TimeSpan grace)
    {
        if (_over.IsSet)
            return true;
        var body = AgentConnection.Body(new StopRequest(grace.TotalSeconds), AgentJson.Default.StopRequest);
        var inTime = _agent.Post(Path + AgentPaths.Stop, body, AgentJson.Default.StopAnswer).InTime;
        _over.Wait(Slack);
        return inTime;
    }

    public void Dispose()
    {
        _disposing = true;
        // Answered when nothing of it is left; without an answer, the end of our listening does it.
        if (Path.Length > 0 && _lost is null)
            EndThere();
        _response.Dispose();
        _pump.Join(Slack);
    }

    private void EndThere()
    {
        try
        {
            _agent.Send(HttpMethod.Delete, Path);
        }
        catch (AgentRefusedException)
        {
            // It has ended already.
        }
        catch (NodeException gone)
        {
            _log($"{_role}: {gone.Message}");
        }
    }

    private void Listen()
    {
        // An agent that has nothing to tell says so every second: one that is silent is gone.
        using var silence = _agent.Clock.CreateTimer(
            _ => _response.Dispose(),
            state: null,
            DeadPeers.Patience,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            using var stream = _response.Content.ReadAsStream();
            foreach (var item in SseParser.Create(stream, (_, data) => Parse(data)).Enumerate())
            {
                silence.Change(DeadPeers.Patience, Timeout.InfiniteTimeSpan);
                Hear(item.Data);
            }
        }
        catch (Exception broken)
            when (broken is IOException or HttpRequestException or JsonException or ObjectDisposedException)
        {
            if (!_disposing)
                _log($"{_role}: agent {_agent.Name}: {broken.Message}");
        }
        if (ExitCode is null)
            _lost = $"was lost with its agent {_agent.Name}";
        _started.TrySetResult(new StartedEvent("", 0));
        _lines.Complete();
        _over.Set();
    }

    /// <exception cref="JsonException">It is no event.</exception>
    internal static AgentEvent? Parse(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, AgentJson.Default.AgentEvent);
        }
        catch (NotSupportedException untyped)
        {
            throw new JsonException("an event does not tell its type", untyped);
        }
    }

    private void Hear(AgentEvent? happened)
    {
        switch (happened)
        {
            case StartedEvent started:
                _started.TrySetResult(started);
                break;
            case LineEvent line:
                _lines.Add(line.Text);
                break;
            case NoteEvent note:
                _log($"{_agent.Name}: {note.Text}");
                break;
            case ExitedEvent exited:
                ExitCode = exited.Code;
                break;
        }
    }
}
