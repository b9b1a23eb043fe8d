using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using C10k.CommandLine;
using C10k.Linux;

namespace C10k.LoadGen.Modes;

/// <summary>The command line of LoadGen: alone like wrk or hey, or under the control of somebody else.</summary>
internal static class LoadCommand
{
    private const int MaxClients = 1_000_000;
    private const int MaxMessageBytes = 1 << 24;

    // What the process has open besides its connections. A runtime without descriptors cannot even tell what is wrong.
    private const int OwnDescriptors = 100;

    private static readonly Option<IPEndPoint> Target = new("--target")
    {
        Description = "The server: address:port.",
        Required = true,
        CustomParser = ParseTarget,
    };
    private static readonly Option<int> Clients = OptionOf.Count(
        "--clients",
        "How many connections.",
        100,
        1,
        MaxClients
    );
    private static readonly Option<int> Threads = OptionOf.Count(
        "--threads",
        "How many threads share the connections.",
        Environment.ProcessorCount,
        1,
        1024
    );
    private static readonly Option<int> Size = OptionOf.Size(
        "--size",
        "The length of each message.",
        64,
        MaxMessageBytes
    );
    private static readonly Option<string> Workload = OptionOf.Choice(
        "--workload",
        "What the clients do.",
        "echo",
        ["echo"]
    );
    private static readonly Option<TimeSpan> ConnectTimeout = OptionOf.Duration(
        "--connect-timeout",
        "How long a connect may take.",
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMilliseconds(1)
    );
    private static readonly Option<TimeSpan> Duration = OptionOf.Duration(
        "--duration",
        "How long to measure.",
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMilliseconds(1)
    );
    private static readonly Option<TimeSpan> WarmUp = OptionOf.Duration(
        "--warmup",
        "How long to load before measuring.",
        TimeSpan.FromSeconds(1),
        TimeSpan.Zero
    );
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object." };
    private static readonly Option<bool> Control = new("--control")
    {
        Description = "Take orders as JSON lines on stdin and answer on stdout.",
    };

    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Opens many TCP connections to a server, keeps each of them asking, and checks every byte."
        )
        {
            Target,
            Clients,
            Threads,
            Size,
            Workload,
            ConnectTimeout,
            Duration,
            WarmUp,
            Json,
            Control,
        };
        root.SetAction(
            (parsed, _) =>
                parsed.GetValue(Control)
                    ? new ControlledMode(Read(parsed), Console.In, Console.Out).Run()
                    : new StandaloneMode(
                        Read(parsed),
                        parsed.GetValue(WarmUp),
                        parsed.GetValue(Duration),
                        parsed.GetValue(Json)
                    ).Run()
        );
        return root;
    }

    private static LoadOptions Read(ParseResult parsed) =>
        new(
            parsed.GetRequiredValue(Target),
            WithinLimits(parsed.GetValue(Clients)),
            parsed.GetValue(Threads),
            parsed.GetValue(Size),
            parsed.GetValue(ConnectTimeout)
        );

    private static int WithinLimits(int clients)
    {
        var needed = clients + OwnDescriptors;
        var limit = Syscall.DescriptorLimit().Hard;
        return needed <= limit
            ? clients
            : throw new UsageException(
                $"--clients {clients} needs {needed:N0} descriptors, the limit is {limit:N0}: raise it with ulimit -Hn {needed} as root"
            );
    }

    private static IPEndPoint? ParseTarget(ArgumentResult result)
    {
        var word = OptionOf.Word(result);
        var split = word.LastIndexOf(':');
        if (split <= 0 || !ushort.TryParse(word.AsSpan(split + 1), out var port) || port == 0)
            return OptionOf.Refuse<IPEndPoint>(result, "--target", "takes address:port, such as 127.0.0.1:5000");
        return FindAddress(word[..split]) is { } address
            ? new IPEndPoint(address, port)
            : OptionOf.Refuse<IPEndPoint>(result, "--target", "takes a host that has an IPv4 address");
    }

    private static IPAddress? FindAddress(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork).FirstOrDefault();
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return null;
        }
    }
}
