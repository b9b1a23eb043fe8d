using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using C10k.CommandLine;

namespace C10k.LoadGen.Modes;

/// <summary>The command line of LoadGen: alone like wrk or hey, or under the control of somebody else.</summary>
internal static class LoadCommand
{
    private const int MaxClients = 1_000_000;
    private const int MaxMessageBytes = 1 << 24;

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
            parsed.GetValue(Clients),
            parsed.GetValue(Threads),
            parsed.GetValue(Size),
            parsed.GetValue(ConnectTimeout)
        );

    private static IPEndPoint? ParseTarget(ArgumentResult result)
    {
        var word = OptionOf.Word(result);
        var split = word.LastIndexOf(':');
        if (split <= 0 || !ushort.TryParse(word.AsSpan(split + 1), out var port) || port == 0)
            return OptionOf.Refuse<IPEndPoint>(result, "--target", "takes address:port, such as 127.0.0.1:5000");
        try
        {
            var addresses = Dns.GetHostAddresses(word[..split], System.Net.Sockets.AddressFamily.InterNetwork);
            return new IPEndPoint(addresses[0], port);
        }
        catch (Exception unknown) when (unknown is System.Net.Sockets.SocketException or ArgumentException)
        {
            return OptionOf.Refuse<IPEndPoint>(result, "--target", "takes a host that has an IPv4 address");
        }
    }
}
