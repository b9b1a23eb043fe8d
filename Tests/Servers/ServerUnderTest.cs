using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using C10k.Contract;
using C10k.Hosting;
using Xunit;

namespace C10k.Tests.Servers;

/// <summary>How a server is told to stop.</summary>
public enum StopBy
{
    Sigterm,
    Sigint,
    EndOfStdin,
}

/// <summary>
/// A server process, from READY to its end. Whatever a test does, disposing leaves nothing behind: SIGTERM first, then SIGKILL for it
/// and its descendants. Should the test process itself die, then the end of stdin stops the server.
/// </summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private static int s_started;

    private readonly ConcurrentQueue<string> _stdout = new();
    private readonly ConcurrentQueue<string> _stderr = new();
    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ServerUnderTest(string model, ProcessStartInfo startInfo)
    {
        Model = model;
        _process = new Process { StartInfo = startInfo };
        _process.OutputDataReceived += (_, line) => OnStdout(line.Data);
        _process.ErrorDataReceived += (_, line) => OnStderr(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Model { get; }

    /// <summary>Where it listens, from the READY line.</summary>
    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>How many clients it serves at the same moment; no more than <paramref name="wanted"/>.</summary>
    public int ServesAtOnce(int wanted)
    {
        var values = ModelReference.Parse(Model).Resolve(Info);
        return Math.Min(Info.ServesAtOnce?.Of(values, Environment.ProcessorCount) ?? wanted, wanted);
    }

    /// <summary>What the executable says of the model.</summary>
    public ModelInfo Info => ServersExecutable.Find(Model);

    public IReadOnlyList<string> Stdout => [.. _stdout];

    public string Stderr => string.Join('\n', _stderr);

    /// <summary>What is on stderr, but for notes, which say that nothing is wrong, and for the word of a cut.</summary>
    public string Complaints => string.Join('\n', _stderr.Where(line => !IsNote(line) && !IsCut(line)));

    /// <summary>Whether the host ended it, because the model did not.</summary>
    public bool WasCutShort => _stderr.Any(IsCut);

    /// <summary>Starts a model and waits for nothing.</summary>
    public static ServerUnderTest Begin(string model) =>
        new(model, ServersExecutable.StartInfo([model, "--address", OwnAddress()]));

    /// <summary>Starts a model and waits until it is ready.</summary>
    /// <param name="options">What else stands on its command line.</param>
    public static Task<ServerUnderTest> Start(string model, params IReadOnlyList<string> options) =>
        StartThrough([], model, options);

    /// <summary>Starts a model by way of another command, which puts the server in its own place (exec).</summary>
    public static async Task<ServerUnderTest> StartThrough(
        IReadOnlyList<string> command,
        string model,
        params IReadOnlyList<string> options
    )
    {
        if (ServersExecutable.Models.FirstOrDefault(listed => listed.Id == model)?.Unavailable is { } reason)
            Assert.Skip($"{model} cannot run here: {reason}");
        // One that never sleeps would take the CPU from all other tests for as long as it is there.
        IReadOnlyList<string> behind = ServersExecutable.Find(model).BusyWaits ? ["nice", "-n", "19"] : [];
        var startInfo = ServersExecutable.StartInfo(
            [model, "--address", OwnAddress(), .. options],
            [.. behind, .. command]
        );
        var server = new ServerUnderTest(model, startInfo);
        try
        {
            await server.BecomeReady();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a model under a limit on descriptors, soft and hard.</summary>
    public static Task<ServerUnderTest> StartWithDescriptors(int limit, string model) =>
        StartThrough(["sh", "-c", $"ulimit -n {limit} && exec \"$0\" \"$@\""], model);

    public void Signal(int signal)
    {
        if (!_process.HasExited)
            _ = ProcessTree.Signal(_process.Id, signal);
    }

    public void Tell(StopBy way)
    {
        if (way == StopBy.EndOfStdin)
            _process.StandardInput.Close();
        else
            Signal(way == StopBy.Sigterm ? ProcessTree.SIGTERM : ProcessTree.SIGINT);
    }

    public Task WriteToStdin(string text) =>
        Patience.Within(
            $"write to the stdin of {Model}",
            async stop =>
            {
                await _process.StandardInput.WriteAsync(text.AsMemory(), stop);
                await _process.StandardInput.FlushAsync(stop);
                return text.Length;
            }
        );

    /// <summary>Waits for its end and the end of its output; returns the exit code.</summary>
    public Task<int> Exit() =>
        Patience.Within(
            $"end of {Model}",
            async stop =>
            {
                await _process.WaitForExitAsync(stop);
                return _process.ExitCode;
            }
        );

    public async ValueTask DisposeAsync()
    {
        var processes = ProcessTree.Of(_process.Id);
        Signal(ProcessTree.SIGTERM);
        if (!_process.WaitForExit(TimeSpan.FromSeconds(3)) || processes.Any(ProcessTree.IsAlive))
            await Kill(processes);
        _process.Dispose();
    }

    private async Task Kill(IReadOnlyList<int> known)
    {
        foreach (var process in known.Union(ProcessTree.Of(_process.Id)).Where(ProcessTree.IsAlive))
            _ = ProcessTree.Signal(process, ProcessTree.SIGKILL);
        await Task.Run(() => _process.WaitForExit(Patience.Limit));
    }

    private static bool IsNote(string line) => line.StartsWith("note: ", StringComparison.Ordinal);

    private static bool IsCut(string line) => line.StartsWith("not stopped after ", StringComparison.Ordinal);

    private async Task BecomeReady()
    {
        var line = await Patience.Within($"READY of {Model}", stop => _firstLine.Task.WaitAsync(stop));
        if (!ReadyLine.TryParse(line ?? "", out var endPoint))
            throw new InvalidOperationException($"{Model} said '{line}' instead of READY, and on stderr: {Stderr}");
        EndPoint = endPoint;
    }

    private void OnStdout(string? line)
    {
        if (line is not null)
            _stdout.Enqueue(line);
        _firstLine.TrySetResult(line);
    }

    private void OnStderr(string? line)
    {
        if (line is not null)
            _stderr.Enqueue(line);
    }

    // Every server has a loopback address to itself, so that nobody else can take the port that it frees.
    private static string OwnAddress()
    {
        var number = Interlocked.Increment(ref s_started);
        return $"127.77.{number / 250 % 250}.{1 + number % 250}";
    }
}
