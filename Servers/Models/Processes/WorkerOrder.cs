using System.Globalization;
using System.Net;
using C10k.Hosting;

namespace C10k.Servers.Models.Processes;

/// <summary>
/// What a worker process is told, on its command line: a job, the process id of its master, the server's options and the model's
/// parameters. Which descriptors it finds open is agreed here too. The master writes it and the worker reads it: both are compiled with
/// this file.
/// </summary>
internal sealed record WorkerOrder(string Job, int Master, ServerContext Context)
{
    /// <summary>The job: serve the connection on <see cref="SocketDescriptor"/>, then end.</summary>
    public const string ServeConnection = "serve-connection";

    /// <summary>The job: accept from the listener on <see cref="SocketDescriptor"/>, one client at a time in each of <see cref="Threads"/>.</summary>
    public const string ServeInThreads = "serve-in-threads";

    /// <summary>The job: accept from the listener on <see cref="SocketDescriptor"/> in an event loop.</summary>
    public const string ServeInLoop = "serve-in-loop";

    /// <summary>The parameter: how many threads a worker has.</summary>
    public const string Threads = "threads";

    /// <summary>The parameter: whether all workers have one listener, <see cref="Shared"/>, or each its own.</summary>
    public const string Listener = "listener";

    /// <summary>A value of <see cref="Listener"/>.</summary>
    public const string Shared = "shared";

    /// <summary>A line to the master: the worker sends a byte when it is ready, and its end is the master's end.</summary>
    public const int LineDescriptor = 0;

    /// <summary>Standard output belongs to the master and its READY; a worker's goes where its errors go.</summary>
    public const int Stdout = 1;

    /// <summary>Standard error, which is the master's.</summary>
    public const int Stderr = 2;

    /// <summary>The socket to serve.</summary>
    public const int SocketDescriptor = 3;

    private const string OptionPrefix = "--";

    // What workers have to know of the server's options: an option more is a line more.
    private static readonly PassedOption[] s_passedOptions =
    [
        new("conversation", options => options.Conversation, (options, value) => options with { Conversation = value }),
        new(
            "wait-ticks",
            options => ToText(options.Work.Wait.Ticks),
            (options, value) => options with { Work = options.Work with { Wait = new TimeSpan(ToNumber(value)) } }
        ),
        // In iterations: workers need not find out again how fast this machine is.
        new(
            "cpu-iterations",
            options => ToText(options.Work.Iterations),
            (options, value) => options with { Work = options.Work with { Iterations = ToNumber(value) } }
        ),
        new(
            "command-iterations-per-ms",
            options => ToText(options.CommandIterationsPerMs),
            (options, value) => options with { CommandIterationsPerMs = ToNumber(value) }
        ),
    ];

    /// <summary>The arguments of a worker of this process.</summary>
    /// <param name="added">Parameters that the model does not have, but the job.</param>
    public static IEnumerable<string> Arguments(string job, ServerContext context, params string[] added) =>
        [
            job,
            ToText(Environment.ProcessId),
            .. s_passedOptions.Select(option => $"{OptionPrefix}{option.Name}={option.Get(context.Options)}"),
            .. context.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"),
            .. added,
        ];

    /// <summary>Reads the arguments.</summary>
    public static WorkerOrder Parse(ReadOnlySpan<string> arguments)
    {
        var options = new ServerOptions(new IPEndPoint(IPAddress.None, 0), 0, "");
        var parameters = new Dictionary<string, string>();
        foreach (var word in arguments[2..])
        {
            var end = word.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = (word[..end], word[(end + 1)..]);
            if (name.StartsWith(OptionPrefix, StringComparison.Ordinal))
                options = Array
                    .Find(s_passedOptions, option => name[OptionPrefix.Length..] == option.Name)!
                    .Set(options, value);
            else
                parameters.Add(name, value);
        }
        var master = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        return new WorkerOrder(arguments[0], master, new ServerContext(options, parameters, announce: _ => { }));
    }

    private static string ToText(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long ToNumber(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private sealed record PassedOption(
        string Name,
        Func<ServerOptions, string> Get,
        Func<ServerOptions, string, ServerOptions> Set
    );
}
