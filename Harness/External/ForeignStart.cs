using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Harness.Trials;
using C10k.Nodes;
using C10k.Nodes.Collecting;
using C10k.Nodes.Processes;

namespace C10k.Harness.External;

/// <summary>
/// One start of a foreign server: its port, its files, how it is told what to speak, and how it is known to be ready. Disposed after the
/// server has ended; then nothing that it started is left, and no file.
/// </summary>
internal sealed partial class ForeignStart : IDisposable
{
    private const int LongestCitation = 200;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ServerDefinition _server;
    private readonly Workload _workload;
    private readonly CpuSet _cpus;
    private readonly Action _endOrphans;
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly Scratch? _scratch;
    private readonly int _port;
    private volatile IPEndPoint? _announced;
    private volatile bool _saidSo;
    private volatile string _complaint = "";

    /// <param name="endOrphans">Ends what the server detached from itself.</param>
    /// <exception cref="TrialException">One of its files cannot be made.</exception>
    public ForeignStart(ServerDefinition server, Workload workload, CpuSet cpus, Action endOrphans)
    {
        (_server, _workload, _cpus, _endOrphans) = (server, workload, cpus, endOrphans);
        _port = server.Ready.Kind == ReadinessKind.Contract ? 0 : FreePort.Choose();
        _scratch = server.Files.Count > 0 ? Scratch.Make() : null;
        _values = new Dictionary<string, string>
        {
            [Placeholders.Port] = Text(_port),
            [Placeholders.Address] = $"{IPAddress.Loopback}",
            [Placeholders.Conversation] = workload.Conversation,
            [Placeholders.Workers] = Text(cpus.Cpus.Count),
            [Placeholders.Backlog] = Text(Bounds.Backlog),
            [Placeholders.WaitMs] = Text(workload.Wait.TotalMilliseconds),
            [Placeholders.CpuUs] = Text(workload.Cpu.TotalMicroseconds),
            [Placeholders.Folder] = server.Folder,
            [Placeholders.Scratch] = _scratch?.Files ?? "",
        };
        WriteFiles();
    }

    /// <summary>Prepares the start of a model; null for one of the bench's own.</summary>
    public static ForeignStart? Of(PlannedCase planned, CpuSet cpus, Action endOrphans) =>
        planned.Model.Server is { } server ? new ForeignStart(server, planned.Workload, cpus, endOrphans) : null;

    /// <summary>What to start.</summary>
    /// <param name="environment">What every server finds in its environment.</param>
    public ProcessStart Describe(IReadOnlyDictionary<string, string> environment)
    {
        string[] command = [.. _server.Command.SelectMany(FillArgument)];
        var variables = new Dictionary<string, string>(environment);
        foreach (var (name, value) in _server.Environment)
            variables[name] = Fill(value);
        return new ProcessStart("server", _server.Locate(command[0]), command[1..], _cpus)
        {
            Environment = variables,
            Folder = _server.Folder,
            StopSignal = _server.Stop,
            Heard = Hear,
        };
    }

    /// <summary>Waits until it is ready, and its port is its own.</summary>
    /// <exception cref="TrialException">It ended, or was not ready in time, or somebody else listens on its port.</exception>
    public IPEndPoint WaitUntilReady(IChildProcess server, CancellationToken stop)
    {
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < _server.ReadyWithin)
        {
            if (server.ExitCode is { } exitCode)
            {
                server.WaitForExit(TimeSpan.Zero);
                throw new TrialException(
                    $"the server ended with exit code {exitCode} before it was ready{LastWords}{Holder(exitCode)}; see bench.log"
                );
            }
            if (EndPoint is { } endPoint && IsItsOwn(endPoint, server))
                return endPoint;
            stop.WaitHandle.WaitOne(Look);
            stop.ThrowIfCancellationRequested();
        }
        throw new TrialException($"{WhyNotReady(server)}; see bench.log");
    }

    /// <summary>Ends what the server left behind: processes that it had detached from itself, and then its files, which they may hold.</summary>
    public void Dispose()
    {
        _endOrphans();
        _scratch?.Dispose();
    }

    // Where it should listen; null as long as it has not said what it says when it does.
    private IPEndPoint? EndPoint =>
        _server.Ready.Kind switch
        {
            ReadinessKind.Contract => _announced,
            ReadinessKind.Port => new IPEndPoint(IPAddress.Loopback, _port),
            _ => _saidSo ? new IPEndPoint(IPAddress.Loopback, _port) : null,
        };

    private string LastWords =>
        _complaint.Length > 0 ? $": '{_complaint[..Math.Min(_complaint.Length, LongestCitation)]}'" : "";

    // Of a server that says by its exit code that its port is taken, and on stderr which one: who has it.
    private string Holder(int exitCode) =>
        exitCode == ExitCode.PortInUse
        && _server.Ready.Kind == ReadinessKind.Contract
        && IPEndPoint.TryParse(Address().Match(_complaint).Value, out var held)
        && PortOwner.NameOf(held) is { } holder
            ? $", and {held} belongs to {holder}"
            : "";

    [GeneratedRegex("[0-9.]+:[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    private static bool IsItsOwn(IPEndPoint endPoint, IChildProcess server)
    {
        if (ListeningSockets.Behind(endPoint, server.Id).Count == 0)
            return false;
        PortOwner.Check(endPoint, server.Id);
        return true;
    }

    private string WhyNotReady(IChildProcess server)
    {
        var seconds = _server.ReadyWithin.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var others = ListeningSockets.PortsOf(new ProcessTree(server.Id, new ProcReader()).Alive());
        if (EndPoint is { } expected && others.Count > 0)
            return $"the server does not listen on port {expected.Port} as it was told, but on {string.Join(", ", others)}";
        var awaited = _server.Ready.Kind switch
        {
            ReadinessKind.Contract when _announced is { } announced =>
                $"it announced {announced}, but nobody listens there",
            ReadinessKind.Contract => "it printed no READY address:port",
            ReadinessKind.Port => "nobody listens on its port",
            _ when _saidSo => $"it said '{_server.Ready.Text}', but nobody listens on its port",
            _ => $"no line of its {_server.Ready.Kind.ToString().ToLowerInvariant()} held '{_server.Ready.Text}'",
        };
        return $"the server was not ready within {seconds} s: {awaited}";
    }

    // Called by the threads that read its output.
    private void Hear(string stream, string line)
    {
        if (stream == "stderr" && !string.IsNullOrWhiteSpace(line))
            _complaint = line.Trim();
        var wanted = _server.Ready.Kind;
        if (wanted == ReadinessKind.Contract && stream == "stdout" && ReadyLine.TryParse(line, out var endPoint))
            _announced = endPoint;
        if (wanted == (stream == "stdout" ? ReadinessKind.Stdout : ReadinessKind.Stderr))
            _saidSo |= line.Contains(_server.Ready.Text, StringComparison.Ordinal);
    }

    private void WriteFiles()
    {
        foreach (var (name, template) in _server.Files)
        {
            try
            {
                var text = File.ReadAllText(Path.Combine(_server.Folder, template));
                File.WriteAllText(Path.Combine(_scratch!.Files, name), Fill(text));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Dispose();
                throw new TrialException($"the server's file {name} could not be made: {failure.Message}");
            }
        }
    }

    private IEnumerable<string> FillArgument(string argument) =>
        argument == Placeholders.ContractArgument ? CaseCommands.OfServer(_workload) : [Fill(argument)];

    private string Fill(string text) => Placeholders.Fill(text, _values);

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
