using C10k.Nodes.Processes;

namespace C10k.Tests.Support;

/// <summary>Starts fake processes, and writes down in which order what happened to them.</summary>
internal sealed class FakeLauncher(FakeClock clock) : IProcessLauncher
{
    private readonly Lock _gate = new();
    private string _model = "";

    /// <summary>What happened, in order.</summary>
    public List<string> Steps { get; } = [];

    public List<ProcessStart> Starts { get; } = [];

    /// <summary>Prepares the server of a model.</summary>
    public Action<string, FakeChild> Server { get; set; } = (_, server) => server.Print("READY 127.0.0.1:4711");

    /// <summary>Prepares the load generator that is started for a model.</summary>
    public Action<string, FakeLoad> Load { get; set; } = (_, _) => { };

    /// <summary>Prepares whatever else is started, by its role.</summary>
    public Action<string, FakeChild> Other { get; set; } = (_, _) => { };

    public IChildProcess Start(ProcessStart start)
    {
        Steps.Add($"{start.Role} is started");
        Starts.Add(start);
        return start.Role switch
        {
            "server" => StartServer(start),
            "load" => StartLoad(start),
            _ => StartOther(start),
        };
    }

    private FakeChild StartServer(ProcessStart start)
    {
        _model = start.Arguments[0];
        var server = new FakeChild(NewId(), start.Role, Tell);
        Server(_model, server);
        return server;
    }

    private FakeChild StartOther(ProcessStart start)
    {
        var other = new FakeChild(NewId(), start.Role, Tell);
        Other(start.Role, other);
        return other;
    }

    private FakeLoad StartLoad(ProcessStart start)
    {
        var load = new FakeLoad(NewId(), int.Parse(ValueOf(start, "--clients")), clock, Tell);
        Load(_model, load);
        return load;
    }

    private static string ValueOf(ProcessStart start, string option) =>
        start.Arguments[start.Arguments.ToList().IndexOf(option) + 1];

    // Several load generators are given an order at once.
    private void Tell(string step)
    {
        lock (_gate)
            Steps.Add(step);
    }

    private int NewId() => 1000 + Starts.Count;
}
