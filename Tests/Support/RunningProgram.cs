using System.Diagnostics;
using System.Text;
using C10k.Tests.Servers;

namespace C10k.Tests.Support;

/// <summary>
/// One of the executables that the build puts beside the test assembly, from its start to its end. Disposing leaves nothing of it
/// behind, whatever the test did.
/// </summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly string _shown;
    private readonly TimeSpan _limit;
    private readonly StringBuilder _stdout = new();
    private readonly StringBuilder _stderr = new();
    private readonly Process _process;

    public RunningProgram(ProgramStart start)
    {
        _shown = $"{start.Name} {string.Join(' ', start.Arguments)}";
        _limit = start.Limit;
        _process = new Process { StartInfo = start.ToStartInfo() };
        _process.OutputDataReceived += (_, line) => Append(_stdout, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_stderr, line.Data);
        _process.Start();
        Id = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id { get; }

    public StreamWriter Input => _process.StandardInput;

    /// <summary>What it has printed so far.</summary>
    public string Stdout => Read(_stdout);

    /// <summary>What it has printed to stderr so far.</summary>
    public string Stderr => Read(_stderr);

    /// <summary>Runs a program whose stdin has ended, and waits for its end.</summary>
    public static async Task<Finished> ToEnd(ProgramStart start)
    {
        await using var program = new RunningProgram(start);
        program.Input.Close();
        return await program.Finish();
    }

    public void Signal(int signal)
    {
        if (!_process.HasExited)
            _ = ProcessTree.Signal(Id, signal);
    }

    /// <summary>Waits for its end and the end of its output.</summary>
    public async Task<Finished> Finish()
    {
        using var limit = new CancellationTokenSource(_limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException tooLate)
        {
            throw new TimeoutException($"{_shown}: no end. It said: {Stdout}{Stderr}", tooLate);
        }
        return new Finished(_process.ExitCode, Stdout, Stderr);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _process.HasExited ? [] : ProcessTree.Of(Id))
            _ = ProcessTree.Signal(process, ProcessTree.SIGKILL);
        await Task.Run(() => _process.WaitForExit(Patience.Limit));
        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}

/// <summary>Which executable to start, and how.</summary>
internal sealed record ProgramStart(string Name, params IReadOnlyList<string> Arguments)
{
    /// <summary>A command that runs it in its own place, such as <c>sh -c 'exec "$0" "$@"'</c>.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string Folder { get; init; } = "";

    /// <summary>How long it may take to its end.</summary>
    public TimeSpan Limit { get; init; } = 3 * Patience.Limit;

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name);

    public ProcessStartInfo ToStartInfo()
    {
        string[] command = [.. Through, PathOf(Name), .. Arguments];
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Folder,
        };
        foreach (var (name, value) in Environment)
            info.Environment[name] = value;
        return info;
    }
}
